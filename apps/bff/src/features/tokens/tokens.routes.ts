import { problem } from '@ostor-console/shared/problem'
import { may } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'
import { type ApiToken, tokensRoutes } from '@ostor-console/shared/tokens'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ApiTokens, TokenRecord } from '../../adapters/store/api-tokens.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import { takes } from '../../plugins/role-sentences.ts'
import { tokenLabel } from '../../plugins/session.ts'
import { hashOf, hintOf, newToken } from './token-text.ts'

type Ports = { tokens: ApiTokens; audit: Pick<Audit, 'record'>; now: () => Date }

const DAY_MS = 86_400_000

/** What scripts sign in with: one's own, and for whoever manages people those of everybody. */
export const tokens: FastifyPluginAsyncZod<Ports> = async (app, { tokens: known, audit, now }) => {
  const view = (record: TokenRecord): ApiToken => viewOf(record, now())

  const revoke = async ({ actor, ip: address }: FastifyRequest, found: TokenRecord | null): Promise<void> => {
    if (!found) throw problem('token-not-found')
    if (!(await known.revoke(found.id))) return
    const target = tokenLabel(found.owner.email, found.name)
    await audit.record({ actor, action: 'token.revoke', target, outcome: 'done', address })
  }

  app.route({
    ...tokensRoutes.listOwn,
    handler: async ({ admin }) => ({ items: (await known.list(admin.id)).map(view) }),
  })

  app.route({
    ...tokensRoutes.make,
    handler: async (request, reply) => {
      const { admin, actor, ip: address } = request
      const { name, days, addresses = [] } = request.body
      const verbs = [...new Set(request.body.verbs)]
      const beyond = request.body.verbs.findIndex((verb) => !may(admin.role, verb))
      const refused = request.body.verbs[beyond]
      if (refused !== undefined) {
        const detail = `${said`your role does not allow ${refused}`}; ${takes(refused)}`
        const errors = [{ pointer: `/body/verbs/${beyond}`, code: 'beyond_role', detail }]
        throw problem('request-invalid', { errors })
      }
      const secret = newToken()
      const id = hashOf(secret)
      const hint = hintOf(secret)
      const expiresAt = new Date(now().getTime() + days * DAY_MS)
      await known.create({ id, adminId: admin.id, name, hint, verbs, addresses, expiresAt })
      const after = {
        hint,
        verbs: verbs.join(', '),
        addresses: addresses.join(', ') || 'any',
        expires: expiresAt.toISOString(),
      }
      const target = tokenLabel(admin.email, name)
      await audit.record({ actor, action: 'token.create', target, outcome: 'done', address, after })
      const made = await known.find(id)
      if (!made) throw problem('token-not-found')
      return reply.code(201).send({ token: view(made), secret })
    },
  })

  app.route({
    ...tokensRoutes.revokeOwn,
    handler: async (request, reply) => {
      const found = await known.find(request.params.tokenId)
      await revoke(request, found?.owner.id === request.admin.id ? found : null)
      return reply.code(204).send()
    },
  })

  app.route({ ...tokensRoutes.list, handler: async () => ({ items: (await known.list()).map(view) }) })

  app.route({
    ...tokensRoutes.revoke,
    handler: async (request, reply) => {
      await revoke(request, await known.find(request.params.tokenId))
      return reply.code(204).send()
    },
  })
}

const viewOf = (record: TokenRecord, at: Date): ApiToken => ({
  id: record.id,
  name: record.name,
  owner: { id: record.owner.id, email: record.owner.email, role: record.owner.role },
  hint: record.hint,
  verbs: record.verbs,
  addresses: record.addresses,
  state: stateOf(record, at),
  createdAt: record.createdAt.toISOString(),
  expiresAt: record.expiresAt.toISOString(),
  lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
  lastUsedFrom: record.lastUsedFrom,
})

const stateOf = ({ revokedAt, expiresAt, owner }: TokenRecord, at: Date): ApiToken['state'] => {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt <= at) return 'expired'
  return owner.isDisabled ? 'owner-disabled' : 'active'
}
