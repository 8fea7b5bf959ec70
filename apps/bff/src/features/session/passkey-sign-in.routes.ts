import { type PasskeyRequest, passkeyRoutes } from '@ostor-console/shared/passkeys'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { PasskeyPurpose } from '../../adapters/store/passkey-challenges.ts'
import type { PasskeyRecord, Passkeys } from '../../adapters/store/passkeys.ts'
import { GUESSES } from '../../plugins/guesses.ts'
import { pendingAdmin, startSession } from '../../plugins/session.ts'
import type { EmergencyDoor } from './emergency.ts'
import { CHALLENGE_MS, type PasskeyCheck } from './passkey-check.ts'
import type { SessionView } from './session-view.ts'
import { checkTls } from './tls.ts'

type Ports = {
  passkeys: Pick<Passkeys, 'of'>
  check: PasskeyCheck
  audit: Pick<Audit, 'record'>
  door: EmergencyDoor
  view: SessionView
  https: boolean
  now: () => Date
}

export const known = ({ credentialId: id, transports }: PasskeyRecord) => ({
  id,
  type: 'public-key' as const,
  transports,
})

const requestOf =
  ({ check, passkeys }: Pick<Ports, 'check' | 'passkeys'>) =>
  async (
    request: FastifyRequest,
    reply: FastifyReply,
    purpose: PasskeyPurpose,
    adminId: string | null,
  ): Promise<PasskeyRequest> => ({
    rpId: check.placeFor(request).rpId,
    challenge: await check.begin(request, reply, purpose, adminId),
    allowCredentials: adminId === null ? [] : (await passkeys.of(adminId)).map(known),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  })

/** Before the guard: a passkey that was unlocked by PIN, finger or face is both steps, whether or not the password was given. */
export const passkeySignIn: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { check, audit, door, view, https, now } = ports
  const ask = requestOf(ports)

  app.route({
    ...passkeyRoutes.beginSignIn,
    config: { ...passkeyRoutes.beginSignIn.config, ...GUESSES },
    handler: async (request, reply) => ask(request, reply, 'sign-in', pendingAdmin(request, now())?.id ?? null),
  })

  app.route({
    ...passkeyRoutes.signIn,
    config: { ...passkeyRoutes.signIn.config, ...GUESSES },
    handler: async (request, reply) => {
      checkTls(request, https)
      const { admin, passkey } = await check.demand(request, 'sign-in', request.body)
      const { id, email } = admin
      await door.pass(request, admin)
      const entry = { actor: email, target: email, outcome: 'done', address: request.ip } as const
      await audit.record({ ...entry, action: 'session.sign-in', after: { passkey: passkey.name } })
      await door.entered(request, admin)
      request.log.info({ adminId: id }, 'admin signed in with a passkey')
      await startSession(request, admin, now(), { byPasskey: true })
      return view(request, reply)
    },
  })
}

/** Behind the guard: a passkey in place of the password and the second step. */
export const passkeyProof: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { check, audit, view, now } = ports
  const ask = requestOf(ports)

  app.route({
    ...passkeyRoutes.beginProof,
    config: { ...passkeyRoutes.beginProof.config, ...GUESSES },
    handler: async (request, reply) => ask(request, reply, 'proof', request.admin.id),
  })

  app.route({
    ...passkeyRoutes.prove,
    config: { ...passkeyRoutes.prove.config, ...GUESSES },
    handler: async (request, reply) => {
      const { passkey } = await check.demand(request, 'proof', request.body)
      const { email } = request.admin
      const entry = { actor: email, target: email, outcome: 'done', address: request.ip } as const
      await audit.record({ ...entry, action: 'session.prove', after: { passkey: passkey.name } })
      await startSession(
        request,
        { ...request.admin, generation: request.session.generation ?? 0 },
        now(),
        request.session,
      )
      return view(request, reply)
    },
  })
}
