import { returnPath } from '@ostor-console/shared/return-path'
import { createRootRoute, createRoute, createRouter, Navigate, Outlet, redirect } from '@tanstack/react-router'
import { usersAddress, usersSearch } from '../features/users/users.search.ts'
import { FirstCluster, FirstPage } from './first-cluster.tsx'
import { readFrame } from './frame.queries.ts'
import { Layout } from './layout.tsx'
import { NotFound, NothingHere } from './not-found.tsx'
import { PageFailed } from './page-failed.tsx'
import { pageOnDemand } from './page-on-demand.ts'
import { queryClient } from './query-client.ts'
import { guideAhead, usersAhead } from './read-ahead.ts'
import { parseSearch, plainSearch, stringifySearch } from './search.ts'
import { userSearch } from './user.search.ts'

/** Nothing that was opened, typed or shown for one thing is there for the next. */
const anewForEach = <Params,>({ params }: { params: Params }): Params => params

const root = createRootRoute({ component: Outlet, notFoundComponent: NothingHere })

const home = createRoute({ getParentRoute: () => root, path: '/', component: FirstCluster })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ returnTo }: Record<string, unknown>) => (typeof returnTo === 'string' ? { returnTo } : {}),
  beforeLoad: ({ search }) => {
    throw redirect({ href: returnPath('returnTo' in search ? search.returnTo : undefined), replace: true })
  },
})
const join = createRoute({ getParentRoute: () => root, path: '/join', component: () => <Navigate to="/" replace /> })
const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: () => <Navigate to="/" replace /> })

const cluster = createRoute({
  getParentRoute: () => root,
  path: '/c/$cluster',
  loader: ({ params }) => readFrame(queryClient, params.cluster),
  component: Layout,
  notFoundComponent: NotFound,
})
const clusterHome = createRoute({
  getParentRoute: () => cluster,
  path: '/',
  component: FirstPage,
})
const overview = createRoute({
  getParentRoute: () => cluster,
  path: 'overview',
  validateSearch: plainSearch,
  loader: ({ params }) => guideAhead(params.cluster),
  component: pageOnDemand(() => import('./overview-page.tsx'), 'OverviewPage'),
})
const clusters = createRoute({
  getParentRoute: () => cluster,
  path: 'clusters',
  component: pageOnDemand(() => import('./clusters-page.tsx'), 'ClustersPage'),
})
const users = createRoute({
  getParentRoute: () => cluster,
  path: 'users',
  validateSearch: usersAddress,
  // The router hands over every value of the address beside the validated ones.
  loaderDeps: ({ search }) => usersSearch(search),
  loader: ({ params, deps, cause }) => usersAhead(params.cluster, deps, cause === 'enter'),
  component: pageOnDemand(() => import('./users-page.tsx'), 'UsersPage'),
})
const user = createRoute({
  getParentRoute: () => cluster,
  path: 'users/$userId',
  validateSearch: userSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./user-page.tsx'), 'UserPage'),
})
const userReport = createRoute({
  getParentRoute: () => cluster,
  path: 'users/$userId/report',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./user-report-page.tsx'), 'UserReportPage'),
})
const buckets = createRoute({
  getParentRoute: () => cluster,
  path: 'buckets',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./buckets-page.tsx'), 'BucketsPage'),
})
const bucket = createRoute({
  getParentRoute: () => cluster,
  path: 'buckets/$bucket',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./bucket-page.tsx'), 'BucketPage'),
})
const clients = createRoute({
  getParentRoute: () => cluster,
  path: 'clients',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./clients-page.tsx'), 'ClientsPage'),
})
const client = createRoute({
  getParentRoute: () => cluster,
  path: 'clients/$clientId',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./client-page.tsx'), 'ClientPage'),
})
const clientReport = createRoute({
  getParentRoute: () => cluster,
  path: 'clients/$clientId/report',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./client-report-page.tsx'), 'ClientReportPage'),
})
/** Where WHMCS sends somebody, who means no cluster. */
const clientAnywhere = createRoute({
  getParentRoute: () => root,
  path: 'clients/$clientId',
  component: pageOnDemand(() => import('./client-anywhere.tsx'), 'ClientAnywhere'),
})
const whmcs = createRoute({
  getParentRoute: () => cluster,
  path: 'whmcs',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./whmcs-page.tsx'), 'WhmcsPage'),
})
const usage = createRoute({
  getParentRoute: () => cluster,
  path: 'usage',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./usage-page.tsx'), 'UsagePage'),
})
const statistics = createRoute({
  getParentRoute: () => cluster,
  path: 'statistics',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./statistics-page.tsx'), 'StatisticsPage'),
})
const statisticsObject = createRoute({
  getParentRoute: () => cluster,
  path: 'statistics/$name',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./statistics-object-page.tsx'), 'StatisticsObjectPage'),
})
const gaps = createRoute({
  getParentRoute: () => cluster,
  path: 'gaps',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./gaps-page.tsx'), 'GapsPage'),
})
const audit = createRoute({
  getParentRoute: () => cluster,
  path: 'audit',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./audit-page.tsx'), 'AuditPage'),
})

const settings = createRoute({
  getParentRoute: () => cluster,
  path: 'settings',
  component: pageOnDemand(() => import('./settings-page.tsx'), 'SettingsPage'),
})
const groups = createRoute({
  getParentRoute: () => cluster,
  path: 'groups',
  component: pageOnDemand(() => import('./groups-page.tsx'), 'GroupsPage'),
})
const people = createRoute({
  getParentRoute: () => cluster,
  path: 'people',
  component: pageOnDemand(() => import('./people-page.tsx'), 'PeoplePage'),
})
const account = createRoute({
  getParentRoute: () => cluster,
  path: 'account',
  component: pageOnDemand(() => import('./account-page.tsx'), 'AccountPage'),
})
const bulk = createRoute({
  getParentRoute: () => cluster,
  path: 'bulk',
  validateSearch: plainSearch,
  component: pageOnDemand(() => import('./bulk-page.tsx'), 'BulkPage'),
})
const bulkRun = createRoute({
  getParentRoute: () => cluster,
  path: 'bulk/$runId',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./bulk-run-page.tsx'), 'BulkRunPage'),
})
const operations = createRoute({
  getParentRoute: () => cluster,
  path: 'operations',
  component: pageOnDemand(() => import('./operations-page.tsx'), 'OperationsPage'),
})

const billing = createRoute({
  getParentRoute: () => cluster,
  path: 'billing',
  component: pageOnDemand(() => import('./billing-page.tsx'), 'BillingPage'),
})
const billingMonth = createRoute({
  getParentRoute: () => cluster,
  path: 'billing/$month',
  validateSearch: plainSearch,
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./billing-month-page.tsx'), 'BillingMonthPage'),
})
const bill = createRoute({
  getParentRoute: () => cluster,
  path: 'billing/$month/$bill',
  remountDeps: anewForEach,
  component: pageOnDemand(() => import('./bill-page.tsx'), 'BillPage'),
})

const pages = [
  clusterHome,
  overview,
  clusters,
  users,
  user,
  userReport,
  buckets,
  bucket,
  clients,
  client,
  clientReport,
  whmcs,
  usage,
  statistics,
  statisticsObject,
  gaps,
  billing,
  billingMonth,
  bill,
  bulk,
  bulkRun,
  operations,
  audit,
  settings,
  groups,
  people,
  account,
]

export const router = createRouter({
  routeTree: root.addChildren([home, signIn, setup, join, clientAnywhere, cluster.addChildren(pages)]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
