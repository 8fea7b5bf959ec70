import * as z from 'zod'
import { ClusterId, InCluster } from './cluster.ts'
import { GivenName } from './given-name.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

const DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/

/** What stands behind the `@`, in small letters. */
const Domain = z
  .string()
  .max(253)
  .regex(DOMAIN, { error: said`must be a domain in small letters, such as reseller.example` })

const MOST_MEMBERS = 100_000

/** Users of one cluster that somebody's role can be limited to. */
export const UserGroup = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Users whose e-mail ends with one of these belong to it, also those who are yet to come. */
    domains: z.array(z.string()),
    /** How many users were added one by one, whether or not the gateway still has them. */
    added: z.int(),
    /** How many users the gateway has that belong to it; `null` while its list cannot be read. */
    users: z.int().nullable(),
    /** Who is limited to it, by e-mail. */
    limits: z.array(z.string()),
  })
  .meta({ id: 'UserGroup' })
export type UserGroup = z.infer<typeof UserGroup>

export const GroupMember = z
  .object({
    userId: z.string(),
    /** `null` of one who was added, and whom the gateway does not have any more. */
    email: z.string().nullable(),
    /** Added by hand, and can be taken out; others belong to it by their e-mail. */
    isAdded: z.boolean(),
  })
  .meta({ id: 'GroupMember' })
export type GroupMember = z.infer<typeof GroupMember>

/** A group as the limit of somebody names it. */
export const GroupName = z.object({ id: z.string(), name: z.string(), cluster: ClusterId }).meta({ id: 'GroupName' })
export type GroupName = z.infer<typeof GroupName>

const OfGroup = InCluster.extend({ groupId: z.string().max(64) })

export const GroupDraft = z.strictObject({
  name: GivenName,
  domains: z.array(Domain).max(50, { error: said`must be at most 50` }),
})

/** By id, or by e-mail in any letter case: whoever has it now. */
const Named = z.strictObject({
  ids: z.array(z.string().min(1).max(64)).max(MOST_MEMBERS).optional(),
  emails: z.array(z.string().min(1).max(254)).max(MOST_MEMBERS).optional(),
})

const TAGS = ['groups'] as const
const MANAGE = { verb: 'group.manage', scope: 'fleet' } as const
const WITH_PROOF = { ...MANAGE, sudo: true } as const

export const groupsRoutes = {
  names: {
    method: 'GET',
    url: '/api/v1/groups',
    config: MANAGE,
    schema: {
      summary: 'The groups of users of all clusters, by name',
      tags: TAGS,
      response: { 200: z.object({ items: z.array(GroupName) }) },
    },
  },
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/groups',
    config: MANAGE,
    schema: {
      summary: 'The groups of users of a cluster',
      tags: TAGS,
      params: InCluster,
      response: { 200: z.object({ items: z.array(UserGroup) }) },
    },
  },
  create: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/groups',
    config: WITH_PROOF,
    schema: {
      summary: 'Make a group of users',
      tags: TAGS,
      params: InCluster,
      body: GroupDraft,
      response: { 201: UserGroup },
    },
  },
  change: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/groups/:groupId',
    config: WITH_PROOF,
    schema: {
      summary: 'Give a group another name and other domains',
      tags: TAGS,
      params: OfGroup,
      body: GroupDraft,
      response: { 200: UserGroup },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/groups/:groupId',
    config: WITH_PROOF,
    schema: {
      summary: 'Delete a group; whoever is limited to it stays limited, to one group less',
      tags: TAGS,
      params: OfGroup,
      body: z.strictObject({ confirmName: z.string().max(64) }),
      response: { 204: z.void() },
    },
  },
  members: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/groups/:groupId/members',
    config: MANAGE,
    schema: {
      summary: 'The users of a group, fifty on a page',
      tags: TAGS,
      params: OfGroup,
      querystring: z.strictObject({
        page: wholeInQuery(1, 1_000_000).optional(),
        search: z.string().max(254).optional().meta({ description: 'Part of an e-mail or id, in any letter case' }),
      }),
      response: {
        200: z.object({ items: z.array(GroupMember), page: z.int(), pageSize: z.int(), matching: z.int() }),
      },
    },
  },
  add: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/groups/:groupId/members',
    config: WITH_PROOF,
    schema: {
      summary: 'Add users to a group; all of them, or none when one is not there',
      tags: TAGS,
      params: OfGroup,
      body: Named,
      response: { 200: UserGroup },
    },
  },
  takeOut: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/groups/:groupId/members',
    config: WITH_PROOF,
    schema: {
      summary: 'Take users out of a group who were added to it',
      tags: TAGS,
      params: OfGroup,
      body: z.strictObject({ ids: z.array(z.string().min(1).max(64)).min(1).max(1000) }),
      response: { 200: UserGroup },
    },
  },
} as const satisfies Routes
