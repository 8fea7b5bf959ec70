import { randomBytes } from 'node:crypto'
import { adminsRoutes, type PasswordLink, type Person } from '@ostor-console/shared/admins'
import type { AuditEntry } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import type { GroupName } from '@ostor-console/shared/groups'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Admins, PersonRecord } from '../../adapters/store/admins.ts'
import type { ApiTokens } from '../../adapters/store/api-tokens.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Groups } from '../../adapters/store/groups.ts'
import type { Sessions } from '../../adapters/store/sessions.ts'

type Ports = {
  admins: Admins
  groups: Groups
  sessions: Sessions
  tokens: Pick<ApiTokens, 'revokeAllOf'>
  audit: Pick<Audit, 'record'>
  /** Who may come in with a password at all. */
  door: { isOpenTo: (email: string) => boolean }
  now: () => Date
}
type Fields = { before?: AuditFields; after?: AuditFields }

const LINK_MS = 24 * 60 * 60_000

/** Who may sign in, and as what. */
export const admins: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { admins: known, groups, sessions, tokens, audit, door, now } = ports

  const list = async (): Promise<PersonRecord[]> => known.list(now())

  const find = async (id: string): Promise<PersonRecord> => {
    const person = (await list()).find((each) => each.id === id)
    if (!person) throw problem('admin-not-found')
    return person
  }

  const view = async (id: string): Promise<Person> => {
    const [person, limits, names] = await Promise.all([find(id), groups.limits(), groups.list()])
    return personOf(person, namesOf(limits.get(id), names))
  }

  /** By the names of the groups, for the audit. Throws `group-not-found`. */
  const limitFields = async (ids: readonly string[] | null): Promise<AuditFields> => {
    if (ids === null) return { limit: 'none' }
    const found = namesOf([...ids], await groups.list())
    if (found?.length !== new Set(ids).size) throw problem('group-not-found')
    return { limit: found.map(({ name }) => name).join(', ') }
  }

  const note = (
    { admin, ip: address }: FastifyRequest,
    action: AuditEntry['action'],
    target: string,
    fields: Fields = {},
  ) => audit.record({ actor: admin.email, action, target, outcome: 'done', address, ...fields })

  const newLink = (madeBy: string) => {
    const code = randomBytes(24).toString('base64url')
    return { code, madeBy, expiresAt: new Date(now().getTime() + LINK_MS) }
  }

  const shown = async (id: string, code: string): Promise<PasswordLink> => {
    const person = await view(id)
    return { person, code, expiresAt: person.linkExpiresAt ?? now().toISOString() }
  }

  app.route({
    ...adminsRoutes.list,
    handler: async () => {
      const [people, limits, names] = await Promise.all([list(), groups.limits(), groups.list()])
      return { items: people.map((person) => personOf(person, namesOf(limits.get(person.id), names))) }
    },
  })

  app.route({
    ...adminsRoutes.invite,
    handler: async (request, reply) => {
      const { email, role, limitedTo = null } = request.body
      const limit = await limitFields(limitedTo)
      if (limitedTo && role === 'admin') throw problem('admin-not-limited')
      if (!door.isOpenTo(email))
        throw problem('local-sign-in-off', {
          detail: said`Whoever is in a group with a role comes in without an invitation; EMERGENCY_ADMINS names the others.`,
        })
      const link = newLink(request.admin.email)
      const { id } = await known.create({ email, role, passwordHash: null })
      // Before anybody can come in.
      if (limitedTo) await groups.setLimit(id, limitedTo)
      await known.change(id, { link })
      await note(request, 'admin.invite', email, { after: { role, ...(limitedTo && limit) } })
      return reply.code(201).send(await shown(id, link.code))
    },
  })

  app.route({
    ...adminsRoutes.setRole,
    handler: async (request) => {
      const { role } = request.body
      const before = await find(request.params.adminId)
      await known.change(before.id, { role })
      // What somebody is allowed to do is known to their sessions.
      if (role !== before.role) await sessions.endAllOf(before.id)
      await note(request, 'admin.role', before.email, { before: { role: before.role }, after: { role } })
      return view(before.id)
    },
  })

  app.route({
    ...adminsRoutes.setLimit,
    handler: async (request) => {
      const { limitedTo } = request.body
      const { id, email, role } = await find(request.params.adminId)
      if (limitedTo && role === 'admin') throw problem('admin-not-limited')
      const [{ limitedTo: old }, after] = await Promise.all([view(id), limitFields(limitedTo)])
      await groups.setLimit(id, limitedTo)
      const before = { limit: old?.map(({ name }) => name).join(', ') ?? 'none' }
      await note(request, 'admin.limit', email, { before, after })
      return view(id)
    },
  })

  app.route({
    ...adminsRoutes.setState,
    handler: async (request) => {
      const { enabled } = request.body
      const { id, email } = await known.change(request.params.adminId, { enabled })
      if (!enabled) await sessions.endAllOf(id)
      await note(request, enabled ? 'admin.enable' : 'admin.disable', email)
      return view(id)
    },
  })

  app.route({
    ...adminsRoutes.reset,
    handler: async (request, reply) => {
      const person = await find(request.params.adminId)
      if (person.bySingleSignOn) throw problem('signs-in-elsewhere')
      const link = newLink(request.admin.email)
      const { id, email } = await known.change(person.id, { passwordHash: null, link })
      await sessions.endAllOf(id)
      const revoked = await tokens.revokeAllOf(id)
      await note(
        request,
        'admin.reset',
        email,
        revoked.length > 0 ? { after: { revokedTokens: revoked.join(', ') } } : {},
      )
      return reply.code(201).send(await shown(id, link.code))
    },
  })

  app.route({
    ...adminsRoutes.endSessions,
    handler: async (request) => {
      const { id, email } = await find(request.params.adminId)
      await sessions.endAllOf(id)
      await note(request, 'session.end', email)
      return view(id)
    },
  })
}

const namesOf = (ids: string[] | undefined, known: GroupName[]): GroupName[] | null =>
  ids ? known.filter(({ id }) => ids.includes(id)).map(({ id, name, cluster }) => ({ id, name, cluster })) : null

const personOf = (record: PersonRecord, limitedTo: Person['limitedTo']): Person => ({
  id: record.id,
  email: record.email,
  role: record.role,
  limitedTo: record.role === 'admin' ? null : limitedTo,
  state: stateOf(record),
  bySingleSignOn: record.bySingleSignOn,
  hasPassword: record.passwordHash !== null,
  hasApp: record.hasApp,
  passkeys: record.passkeys,
  createdAt: record.createdAt.toISOString(),
  lastSeenAt: record.lastSeenAt?.toISOString() ?? null,
  sessions: record.sessions,
  linkExpiresAt: record.linkExpiresAt?.toISOString() ?? null,
})

const stateOf = ({ disabledAt, passwordHash, bySingleSignOn, passkeys }: PersonRecord): Person['state'] => {
  if (disabledAt !== null) return 'disabled'
  return passwordHash === null && !bySingleSignOn && passkeys === 0 ? 'invited' : 'active'
}
