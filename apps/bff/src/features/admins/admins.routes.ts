import { randomBytes } from 'node:crypto'
import { adminsRoutes, type PasswordLink, type Person } from '@ostor-console/shared/admins'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Admins, PersonRecord } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Sessions } from '../../adapters/store/sessions.ts'

type Ports = { admins: Admins; sessions: Sessions; audit: Pick<Audit, 'record'>; now: () => Date }
type Fields = { before?: Record<string, string>; after?: Record<string, string> }

const LINK_MS = 24 * 60 * 60_000

/** Who may sign in, and as what. */
export const admins: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { admins: known, sessions, audit, now } = ports

  const list = async (): Promise<PersonRecord[]> => known.list(now())

  const find = async (id: string): Promise<PersonRecord> => {
    const person = (await list()).find((each) => each.id === id)
    if (!person) throw problem('admin-not-found')
    return person
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
    const person = personOf(await find(id))
    return { person, code, expiresAt: person.linkExpiresAt ?? now().toISOString() }
  }

  app.route({ ...adminsRoutes.list, handler: async () => ({ items: (await list()).map(personOf) }) })

  app.route({
    ...adminsRoutes.invite,
    handler: async (request, reply) => {
      const { email, role } = request.body
      const link = newLink(request.admin.email)
      const { id } = await known.create({ email, role, passwordHash: null })
      await known.change(id, { link })
      await note(request, 'admin.invite', email, { after: { role } })
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
      return personOf(await find(before.id))
    },
  })

  app.route({
    ...adminsRoutes.setState,
    handler: async (request) => {
      const { enabled } = request.body
      const { id, email } = await known.change(request.params.adminId, { enabled })
      if (!enabled) await sessions.endAllOf(id)
      await note(request, enabled ? 'admin.enable' : 'admin.disable', email)
      return personOf(await find(id))
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
      await note(request, 'admin.reset', email)
      return reply.code(201).send(await shown(id, link.code))
    },
  })

  app.route({
    ...adminsRoutes.endSessions,
    handler: async (request) => {
      const { id, email } = await find(request.params.adminId)
      await sessions.endAllOf(id)
      await note(request, 'session.end', email)
      return personOf(await find(id))
    },
  })
}

const personOf = (record: PersonRecord): Person => ({
  id: record.id,
  email: record.email,
  role: record.role,
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
