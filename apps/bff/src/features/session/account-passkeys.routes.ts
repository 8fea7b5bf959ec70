import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { MOST_PASSKEYS, passkeyRoutes } from '@ostor-console/shared/passkeys'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Admins } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Passkeys } from '../../adapters/store/passkeys.ts'
import type { Sessions } from '../../adapters/store/sessions.ts'
import { onlyHereWith } from './only-here.ts'
import { ALGORITHMS, CHALLENGE_MS, handleOf, type PasskeyCheck } from './passkey-check.ts'
import { known } from './passkey-sign-in.routes.ts'
import type { SessionView } from './session-view.ts'

type Ports = {
  admins: Pick<Admins, 'findById'>
  passkeys: Passkeys
  check: PasskeyCheck
  sessions: Pick<Sessions, 'endAllOf'>
  audit: Pick<Audit, 'record'>
  view: SessionView
  /** Under which a password manager lists it. */
  issuer: string
  now: () => Date
}

/** The passkeys of the admin who is signed in. */
export const accountPasskeys: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { admins, passkeys, check, sessions, audit, view, issuer, now } = ports

  const note = (
    { admin: { email }, ip: address }: FastifyRequest,
    action: 'passkey.add' | 'passkey.remove',
    fields: { before?: AuditFields; after?: AuditFields },
  ) => audit.record({ actor: email, action, target: email, outcome: 'done', address, ...fields })

  const onlyHere = onlyHereWith({ sessions, view, now })

  /** Whoever comes from the provider is let in by the provider alone, which may also put them out. */
  const refuseElsewhere = async ({ admin, session }: FastifyRequest): Promise<void> => {
    if (session.bySingleSignOn || (await admins.findById(admin.id))?.bySingleSignOn)
      throw problem('signs-in-elsewhere', {
        detail: said`A passkey would still open the console when the provider no longer does.`,
      })
  }

  app.route({
    ...passkeyRoutes.begin,
    handler: async (request, reply) => {
      await refuseElsewhere(request)
      const { id, email } = request.admin
      const { rpId } = check.placeFor(request)
      const own = await passkeys.of(id)
      if (own.length >= MOST_PASSKEYS)
        throw problem('passkey-limit-reached', {
          detail: said`There can be ${MOST_PASSKEYS}. Remove one that you do not use.`,
        })
      return {
        challenge: await check.begin(request, reply, 'add', id),
        rp: { id: rpId, name: issuer },
        user: { id: handleOf(id), name: email, displayName: email },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
        excludeCredentials: own.map(known),
        authenticatorSelection: {
          residentKey: 'required' as const,
          requireResidentKey: true as const,
          userVerification: 'required' as const,
        },
        attestation: 'none' as const,
        timeout: CHALLENGE_MS,
      }
    },
  })

  app.route({
    ...passkeyRoutes.add,
    handler: async (request, reply) => {
      await refuseElsewhere(request)
      const made = await check.demandNew(request, request.body)
      await passkeys.add({ ...made, addedAt: now() })
      await note(request, 'passkey.add', { after: { passkey: made.name } })
      return onlyHere(request, reply)
    },
  })

  app.route({
    ...passkeyRoutes.remove,
    handler: async (request, reply) => {
      const name = await passkeys.remove(request.admin.id, request.params.passkeyId)
      await note(request, 'passkey.remove', { before: { passkey: name } })
      return onlyHere(request, reply)
    },
  })
}
