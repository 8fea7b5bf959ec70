import * as z from 'zod'
import { ClusterId, OfUser } from './cluster.ts'
import { Freshness, Instant } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'

/** `unknown` stands for whatever else WHMCS may say. */
export const ClientStatus = z.enum(['active', 'inactive', 'closed', 'unknown'])
export type ClientStatus = z.infer<typeof ClientStatus>

/** The number that WHMCS gives a client. */
export const ClientId = z.int().min(1).max(2_147_483_647)

/** An S3 user that belongs to a client of WHMCS. */
export const ClientLink = z
  .object({
    cluster: ClusterId,
    userId: z.string(),
    /** As the user was called when it was linked. */
    linkedEmail: z.string(),
    /** As the user is called now; `null` when the gateway has no such user, left out while its list cannot be read. */
    email: z.string().nullable().optional(),
    linkedAt: Instant,
    linkedBy: z.string(),
  })
  .meta({ id: 'ClientLink' })
export type ClientLink = z.infer<typeof ClientLink>

/** A client as WHMCS knows it. */
export const Client = z
  .object({
    id: ClientId,
    name: z.string(),
    company: z.string(),
    email: z.string(),
    status: ClientStatus,
    /** Code of the currency, such as `EUR`; `null` where WHMCS did not say. */
    currency: z.string().nullable(),
  })
  .meta({ id: 'Client' })
export type Client = z.infer<typeof Client>

export const ListedClient = Client.extend({
  links: z.array(ClientLink),
  /** Messages to WHMCS about this client that are not delivered yet. */
  undelivered: z.int(),
}).meta({ id: 'ListedClient' })
export type ListedClient = z.infer<typeof ListedClient>

/** A product that the client has at WHMCS. Its password stays there. */
export const ClientService = z
  .object({
    id: z.int(),
    product: z.string(),
    group: z.string(),
    domain: z.string(),
    status: z.string(),
    /** `null` where WHMCS has no date. */
    nextDueDate: z.iso.date().nullable(),
  })
  .meta({ id: 'ClientService' })
export type ClientService = z.infer<typeof ClientService>

/** What stands in the client's notes about one key or user. */
export const ClientNote = z
  .object({
    cluster: ClusterId,
    userId: z.string(),
    keyId: z.string().nullable(),
    state: z.enum(['waiting', 'written', 'revoked', 'removed']),
    at: Instant,
  })
  .meta({ id: 'ClientNote' })
export type ClientNote = z.infer<typeof ClientNote>

export const ClientDetail = ListedClient.extend({
  /** The client's page in the admin area of WHMCS; `null` when its address is not set. */
  whmcsUrl: z.url().nullable(),
  /** `null` when WHMCS could not be asked. */
  services: z.array(ClientService).nullable(),
  notes: z.array(ClientNote),
  freshness: Freshness,
}).meta({ id: 'ClientDetail' })
export type ClientDetail = z.infer<typeof ClientDetail>

export const ClientPage = z
  .object({
    items: z.array(ListedClient),
    page: z.int(),
    pageSize: z.int(),
    matching: z.int(),
    /** From what the console had kept, because WHMCS did not answer: then only clients seen before are found. */
    isFromCache: z.boolean(),
    freshness: Freshness,
  })
  .meta({ id: 'ClientPage' })
export type ClientPage = z.infer<typeof ClientPage>

const TAGS = ['clients'] as const
const OfClient = z.strictObject({
  clientId: z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(ClientId),
})
const OfLink = OfClient.extend(OfUser.shape)

export const clientsRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clients',
    config: { verb: 'client.see', scope: 'fleet' },
    schema: {
      summary: 'Find clients of WHMCS by number, by e-mail, or by how a name or company begins',
      tags: TAGS,
      querystring: z.strictObject({
        search: z.string().max(254).optional().meta({ description: 'A number, an e-mail, or the start of a name' }),
        status: z.enum(['active', 'inactive', 'closed']).optional(),
        page: wholeInQuery(1, 1_000_000).optional(),
      }),
      response: { 200: ClientPage },
    },
  },
  read: {
    method: 'GET',
    url: '/api/v1/clients/:clientId',
    config: { verb: 'client.see', scope: 'fleet' },
    schema: {
      summary: 'One client, with S3 users and notes',
      tags: TAGS,
      params: OfClient,
      response: { 200: ClientDetail },
    },
  },
  link: {
    method: 'POST',
    url: '/api/v1/clients/:clientId/links',
    config: { verb: 'client.link', scope: 'fleet' },
    schema: {
      summary: 'Say that an S3 user belongs to a client',
      tags: TAGS,
      params: OfClient,
      body: OfUser,
      response: { 201: ClientDetail },
    },
  },
  unlink: {
    method: 'DELETE',
    url: '/api/v1/clients/:clientId/links/:cluster/:userId',
    config: { verb: 'client.link', scope: 'fleet' },
    schema: {
      summary: 'Say that an S3 user does not belong to a client any more; neither of the two is changed',
      tags: TAGS,
      params: OfLink,
      body: z.strictObject({}),
      response: { 200: ClientDetail },
    },
  },
  ofUser: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users/:userId/client',
    config: { verb: 'client.see', scope: 'user' },
    schema: {
      summary: 'The client that an S3 user belongs to',
      tags: TAGS,
      params: OfUser,
      response: { 200: z.object({ client: Client.pick({ id: true, name: true, company: true }).nullable() }) },
    },
  },
} as const satisfies Routes
