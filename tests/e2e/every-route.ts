import { CLUSTER } from './console.ts'
import type { Known } from './still-world.ts'

/** Where each page of a route is in the still world; routes by the id that the router gives them. */
const SIGNED_IN: Record<string, Record<string, (known: Known) => string>> = {
  '/c/$cluster/overview': { overview: () => '/overview' },
  '/c/$cluster/clusters': { clusters: () => '/clusters' },
  '/c/$cluster/users': { users: () => '/users' },
  '/c/$cluster/users/$userId': {
    'user-overview': ({ userId }) => `/users/${userId}?tab=overview`,
    'user-keys': ({ userId }) => `/users/${userId}?tab=keys`,
    'user-limits': ({ userId }) => `/users/${userId}?tab=limits`,
    'user-buckets': ({ userId }) => `/users/${userId}?tab=buckets`,
    'user-usage': ({ userId }) => `/users/${userId}?tab=usage`,
    'user-audit': ({ userId }) => `/users/${userId}?tab=audit`,
  },
  '/c/$cluster/users/$userId/report': { 'user-report': ({ userId }) => `/users/${userId}/report` },
  '/c/$cluster/buckets': { buckets: () => '/buckets' },
  '/c/$cluster/buckets/$bucket': {
    bucket: ({ bucket }) => `/buckets/${bucket}`,
    'bucket-limits': ({ bucket }) => `/buckets/${bucket}?tab=limits`,
    'bucket-replication': ({ bucket }) => `/buckets/${bucket}?tab=replication`,
    'bucket-audit': ({ bucket }) => `/buckets/${bucket}?tab=audit`,
  },
  '/c/$cluster/clients': { clients: () => '/clients' },
  '/c/$cluster/clients/$clientId': {
    'client-users': ({ clientId }) => `/clients/${clientId}`,
    'client-services': ({ clientId }) => `/clients/${clientId}?tab=services`,
    'client-told': ({ clientId }) => `/clients/${clientId}?tab=whmcs`,
    'client-audit': ({ clientId }) => `/clients/${clientId}?tab=audit`,
  },
  '/c/$cluster/clients/$clientId/report': { 'client-report': ({ clientId }) => `/clients/${clientId}/report` },
  '/c/$cluster/whmcs': {
    'whmcs-connection': () => '/whmcs',
    'whmcs-queue': () => '/whmcs?tab=queue&show=all',
    'whmcs-drift': () => '/whmcs?tab=drift',
    'whmcs-secrets': () => '/whmcs?tab=secrets',
  },
  '/c/$cluster/usage': { usage: () => '/usage' },
  '/c/$cluster/statistics': { statistics: () => '/statistics' },
  '/c/$cluster/statistics/$name': { 'statistics-object': ({ statistics }) => `/statistics/${statistics}` },
  '/c/$cluster/gaps': { gaps: () => '/gaps' },
  '/c/$cluster/billing': { billing: () => '/billing' },
  '/c/$cluster/billing/$month': { 'billing-month': ({ month }) => `/billing/${month}` },
  '/c/$cluster/billing/$month/$bill': {
    bill: ({ month, billId }) => `/billing/${month}/${encodeURIComponent(billId)}`,
  },
  '/c/$cluster/bulk': { bulk: () => '/bulk' },
  '/c/$cluster/bulk/$runId': { 'bulk-run': ({ runId }) => `/bulk/${runId}` },
  '/c/$cluster/operations': { operations: () => '/operations' },
  '/c/$cluster/audit': { audit: () => '/audit' },
  '/c/$cluster/settings': { settings: () => '/settings' },
  '/c/$cluster/groups': { groups: () => '/groups' },
  '/c/$cluster/people': { people: () => '/people' },
  '/c/$cluster/account': { account: () => '/account' },
}

/** Where somebody is who is not signed in. */
const SIGNED_OUT: typeof SIGNED_IN = {
  '/sign-in': { 'sign-in': ({ signIn }) => signIn },
  '/join': { join: ({ join }) => join },
  '/setup': { setup: ({ setup }) => setup },
}

/** An address that nobody has. */
const NOWHERE = { 'not-found': () => '/nothing-here' }

/** Routes that only lead on, and where to. */
export const LEADING_ON: Record<string, { from: (known: Known) => string; to: (known: Known) => string }> = {
  '/': { from: () => '/', to: () => `${CLUSTER}/overview` },
  '/c/$cluster/': { from: () => CLUSTER, to: () => `${CLUSTER}/overview` },
  '/clients/$clientId': {
    from: ({ clientId }) => `/clients/${clientId}`,
    to: ({ clientId }) => `${CLUSTER}/clients/${clientId}`,
  },
}

export type Shown = { name: string; isSignedIn: boolean; addressOf: (known: Known) => string }

const inside = [...Object.values(SIGNED_IN), NOWHERE].flatMap((pages) => Object.entries(pages))
const outside = Object.values(SIGNED_OUT).flatMap((pages) => Object.entries(pages))

export const EVERY_PAGE: Shown[] = [
  ...inside.map(([name, path]) => ({ name, isSignedIn: true, addressOf: (known: Known) => CLUSTER + path(known) })),
  ...outside.map(([name, addressOf]) => ({ name, isSignedIn: false, addressOf })),
]

export const EVERY_ROUTE = [SIGNED_IN, SIGNED_OUT, LEADING_ON].flatMap((routes) => Object.keys(routes))
