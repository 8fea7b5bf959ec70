import * as z from 'zod'
import { ClientId } from './clients.ts'
import { InCluster, OfUser } from './cluster.ts'
import { NewUserEmail } from './email.ts'
import { Freshness, Instant, Whole } from './figure.ts'
import { NewAccessKey } from './keys.ts'
import { Limit } from './limits.ts'
import { PageQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** `unknown` stands for whatever else a gateway may say. */
export const UserState = z.enum(['enabled', 'disabled', 'unknown'])
export type UserState = z.infer<typeof UserState>

export const User = z
  .object({
    id: z.string(),
    /** A label, not a key: two users may share one. */
    email: z.string(),
    state: UserState,
    flags: z.array(z.string()),
    /** System users, and the owner of the console's own key, cannot be disabled or deleted here. */
    protected: z.boolean(),
    /** As the gateway lists it, else the sum over the user's buckets; `null` when it tells neither. */
    storedBytes: Whole.nullable(),
    /** `null` when the bucket list could not be read. */
    bucketCount: z.int().nullable(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

export const Account = z.object({ name: z.string(), keyIds: z.array(z.string()) }).meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

/** The quota of a user as the gateway last told it. */
export const UserQuota = z
  .object({
    /** In the gateway's "GB". */
    size: Limit,
    /** Whether the unit is known; if not, the size may be another. */
    isUnitKnown: z.boolean(),
    /** Bytes in one "GB"; `null` while it may be 10^9 or 2^30. */
    bytesPerGb: Whole.nullable(),
    readAt: Instant,
  })
  .meta({ id: 'UserQuota' })
export type UserQuota = z.infer<typeof UserQuota>

export const ListedUser = User.extend({
  /** `null` until it was read, as the gateway tells quotas one user at a time, and for whoever may not see it. */
  quota: UserQuota.nullable(),
}).meta({ id: 'ListedUser' })
export type ListedUser = z.infer<typeof ListedUser>

export const UserDetail = ListedUser.extend({
  ownerId: z.string().nullable(),
  /** `null` when this version of the gateway has no accounts; left out for whoever may not see keys. */
  accounts: z.array(Account).nullable().optional(),
  /** Other users with the same e-mail: then nothing that the gateway addresses by e-mail can be done. */
  sharesEmailWith: z.array(z.string()),
  freshness: Freshness,
  /**
   * When the buckets were read that `bucketCount` counts, and `storedBytes` where the gateway tells no size by user; `null`
   * when they could not be.
   */
  bucketsFreshness: Freshness.nullable(),
}).meta({ id: 'UserDetail' })
export type UserDetail = z.infer<typeof UserDetail>

/** Ids of users in an address: at most fifty, separated by dots. */
const UserIds = z.string().regex(/^[0-9a-zA-Z]{1,64}(\.[0-9a-zA-Z]{1,64}){0,49}$/, {
  error: said`must be 1 to 50 ids of users, separated by dots`,
})

/** By use of the quota, whoever has none, or where it is not known, stands last both ways. */
export const USER_SORTS = [
  'email',
  '-email',
  'id',
  '-id',
  'state',
  '-state',
  'buckets',
  '-buckets',
  'storedBytes',
  '-storedBytes',
  'quotaUse',
  '-quotaUse',
] as const

export const UserPage = z
  .object({
    items: z.array(ListedUser),
    page: z.int(),
    pageSize: z.int(),
    /** Users that match search and filter. */
    matching: z.int(),
    /** Over all users of the cluster, whatever the filter. */
    summary: z.object({
      total: z.int(),
      enabled: z.int(),
      disabled: z.int(),
      /** `null` when the gateway does not tell sizes by user. */
      storedBytes: Whole.nullable(),
      quotas: z.object({
        /** Users whose use of a quota is known, or that they have none. */
        known: z.int(),
        /** Among them, those who have used 90 % or more, and those who may have, as long as a GB may be 10^9 bytes. */
        nearlyUsed: z.int(),
        mayBeNearlyUsed: z.int(),
        /** When the oldest of them was read; `null` while none is known. */
        asOf: Instant.nullable(),
        /**
         * Why not all are known: not each had its turn, none is read here, the gateway does not tell, your role or token does
         * not see quotas, whether GB or bytes are told, or how much is stored; `null` when all are known.
         */
        lacking: z.enum(['reading', 'off', 'failing', 'role', 'unit', 'size']).nullable(),
      }),
    }),
    freshness: Freshness,
  })
  .meta({ id: 'UserPage' })
export type UserPage = z.infer<typeof UserPage>

const tags = ['users']

export const usersRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users',
    config: { verb: 'user.list', scope: 'filtered' },
    schema: {
      summary: 'List users: searched by e-mail, id or key id, filtered, sorted and paged',
      tags,
      params: InCluster,
      querystring: PageQuery.extend({
        state: z.enum(['enabled', 'disabled']).optional(),
        sort: z.enum(USER_SORTS).optional(),
        /** These users and no others. */
        ids: UserIds.optional(),
      }),
      response: { 200: UserPage },
    },
  },
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users/:userId',
    config: { verb: 'user.list', scope: 'user' },
    schema: { summary: 'Read one user from the gateway', tags, params: OfUser, response: { 200: UserDetail } },
  },
  create: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/users',
    config: { verb: 'user.create', scope: 'new-user' },
    schema: {
      summary: 'Create a user with a first key; the secret is in this answer and nowhere else',
      tags,
      params: InCluster,
      body: z.strictObject({
        email: NewUserEmail,
        clientId: ClientId.optional().meta({
          description: 'The client of WHMCS that the user will belong to; takes the verb `client.link` too',
        }),
      }),
      response: { 201: z.object({ user: User, key: NewAccessKey.nullable() }) },
    },
  },
  setState: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/users/:userId/state',
    config: { verb: 'user.disable', scope: 'user' },
    schema: {
      summary: 'Enable or disable a user',
      tags,
      params: OfUser,
      body: z.strictObject({ state: z.enum(['enabled', 'disabled']) }),
      response: { 200: UserDetail },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/users/:userId',
    config: { verb: 'user.delete', scope: 'user', sudo: true },
    schema: {
      summary: 'Delete a user who owns no buckets',
      tags,
      params: OfUser,
      /** What `confirmationOf` gives. */
      body: z.strictObject({ confirmEmail: z.string().max(1024) }),
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes
