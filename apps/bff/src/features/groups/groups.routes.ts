import type { AuditEntry } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { groupsRoutes, type UserGroup } from '@ostor-console/shared/groups'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { Admins } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { GroupOfUsers, Groups } from '../../adapters/store/groups.ts'
import type { Clusters } from '../../clusters.ts'
import { inGroup, membersOf, namedIn } from './members.ts'

type Ports = {
  groups: Groups
  admins: Pick<Admins, 'list'>
  clusters: Clusters
  audit: Pick<Audit, 'record'>
  now: () => Date
}
type Of = { cluster: string; groupId: string }
type Noted = { cluster: string; target: string } & Pick<Parameters<Audit['record']>[0], 'before' | 'after'>

/** Groups of users: what the roles of people can be limited to. */
export const groups: FastifyPluginAsyncZod<Ports> = async (app, { groups: store, admins, clusters, audit, now }) => {
  /** A list that cannot be read leaves the counts unknown. */
  const usersOf = (cluster: string): Promise<UserSnapshot | null> =>
    clusters
      .get(cluster)
      .directory.users()
      .catch(() => null)

  /** E-mails of those who are limited to each group. */
  const limitedTo = async (): Promise<Map<string, string[]>> => {
    const [people, limits] = await Promise.all([admins.list(now()), store.limits()])
    const named = new Map<string, string[]>()
    for (const { id, email } of people)
      for (const group of limits.get(id) ?? []) named.set(group, [...(named.get(group) ?? []), email])
    return named
  }

  const view = async ({ cluster, groupId }: Of): Promise<UserGroup> => {
    const [group, users, limits] = await Promise.all([store.find(cluster, groupId), usersOf(cluster), limitedTo()])
    return viewOf(group, users, limits.get(group.id) ?? [])
  }

  const note = ({ admin, ip: address }: FastifyRequest, action: AuditEntry['action'], entry: Noted) =>
    audit.record({ ...entry, actor: admin.email, action, outcome: 'done', address })

  app.route({
    ...groupsRoutes.names,
    handler: async () => ({ items: (await store.list()).map(({ id, name, cluster }) => ({ id, name, cluster })) }),
  })

  app.route({
    ...groupsRoutes.list,
    handler: async (request) => {
      const { cluster } = request.params
      const [users, limits, listed] = await Promise.all([usersOf(cluster), limitedTo(), store.list(cluster)])
      const found = await Promise.all(listed.map(({ id }) => store.find(cluster, id)))
      return { items: found.map((group) => viewOf(group, users, limits.get(group.id) ?? [])) }
    },
  })

  app.route({
    ...groupsRoutes.create,
    handler: async (request, reply) => {
      const { cluster } = clusters.get(request.params.cluster)
      const draft = request.body
      const groupId = await store.create(cluster.id, draft)
      await note(request, 'group.create', { cluster: cluster.id, target: draft.name, after: fieldsOf(draft) })
      return reply.code(201).send(await view({ cluster: cluster.id, groupId }))
    },
  })

  app.route({
    ...groupsRoutes.change,
    handler: async (request) => {
      const { cluster, groupId } = request.params
      const before = await store.find(cluster, groupId)
      await store.change(cluster, groupId, request.body)
      const fields = { before: fieldsOf(before), after: fieldsOf(request.body) }
      await note(request, 'group.change', { cluster, target: before.name, ...fields })
      return view(request.params)
    },
  })

  app.route({
    ...groupsRoutes.remove,
    handler: async (request, reply) => {
      const { cluster, groupId } = request.params
      const before = await store.find(cluster, groupId)
      if (request.body.confirmName !== before.name) throw problem('confirmation-wrong')
      await store.remove(groupId)
      await note(request, 'group.delete', { cluster, target: before.name, before: fieldsOf(before) })
      return reply.code(204).send()
    },
  })

  app.route({
    ...groupsRoutes.members,
    handler: async (request) => {
      const { cluster, groupId } = request.params
      const users = await clusters.get(cluster).directory.users()
      return membersOf(await store.find(cluster, groupId), users, request.query)
    },
  })

  app.route({
    ...groupsRoutes.add,
    bodyLimit: LARGEST_ADDITION,
    handler: async (request) => {
      const { cluster, groupId } = request.params
      const { name } = await store.find(cluster, groupId)
      const found = namedIn(await clusters.get(cluster).directory.users(), request.body)
      await store.add(cluster, groupId, new Set(found.map(({ id }) => id)))
      await note(request, 'group.add', { cluster, target: name, after: someOf(found.map(({ email }) => email)) })
      return view(request.params)
    },
  })

  app.route({
    ...groupsRoutes.takeOut,
    handler: async (request) => {
      const { cluster, groupId } = request.params
      const { ids } = request.body
      const { name } = await store.find(cluster, groupId)
      const users = await usersOf(cluster)
      await store.takeOut(groupId, ids)
      const emails = ids.map((id) => users?.byId.get(id)?.email ?? id)
      await note(request, 'group.remove', { cluster, target: name, before: someOf(emails) })
      return view(request.params)
    },
  })
}

/** A hundred thousand e-mails. */
const LARGEST_ADDITION = 12 * 1024 * 1024

const viewOf = (group: GroupOfUsers, users: UserSnapshot | null, limits: string[]): UserGroup => ({
  id: group.id,
  name: group.name,
  domains: group.domains,
  added: group.userIds.size,
  users: users && users.users.filter((user) => inGroup(group, user)).length,
  limits,
})

const fieldsOf = ({ name, domains }: { name: string; domains: readonly string[] }): AuditFields => ({
  name,
  ...(domains.length > 0 && { domains: domains.join(', ') }),
})

const SAID = 20

/** An entry of the audit names so many, and counts the others. */
const someOf = (emails: string[]): AuditFields => ({
  users: [...emails.slice(0, SAID), ...(emails.length > SAID ? [`+${emails.length - SAID}`] : [])].join(', '),
})
