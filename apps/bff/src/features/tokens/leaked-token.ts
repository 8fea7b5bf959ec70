import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { ApiTokens } from '../../adapters/store/api-tokens.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import { tokenLabel } from '../../plugins/session.ts'
import { hashOf } from './token-text.ts'

type Ports = { tokens: Pick<ApiTokens, 'find' | 'revoke'>; audit: Pick<Audit, 'record'> }

const WHY = said`It came in an address, which proxies and browsers write down`

/** Ends a token that came where others can read it. */
export const revokeLeaked =
  ({ tokens, audit }: Ports) =>
  async ({ ip: address, log }: FastifyRequest, token: string): Promise<void> => {
    const found = await tokens.find(hashOf(token))
    if (!found || !(await tokens.revoke(found.id))) return
    const target = tokenLabel(found.owner.email, found.name)
    log.error({ token: target }, 'API token revoked: it came in an address')
    await audit.record({ actor: 'console', action: 'token.revoke', target, outcome: 'done', address, detail: WHY })
  }
