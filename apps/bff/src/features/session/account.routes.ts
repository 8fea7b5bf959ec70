import { accountRoutes } from '@ostor-console/shared/account'
import type { Passkey } from '@ostor-console/shared/passkeys'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { toString as pictureOf } from 'qrcode'
import type { Admins } from '../../adapters/store/admins.ts'
import type { PasskeyRecord, Passkeys } from '../../adapters/store/passkeys.ts'
import type { SecondFactors } from '../../adapters/store/second-factors.ts'
import type { Sessions } from '../../adapters/store/sessions.ts'
import { requireProof } from '../../plugins/access.ts'
import { createAttempts } from './attempts.ts'
import { refuseGuessable } from './guessable.ts'
import { onlyHereWith } from './only-here.ts'
import { hashPassword, passwordMatches } from './password.ts'
import type { SecondFactor } from './second-factor.ts'
import type { SessionView } from './session-view.ts'
import { addressOf, newRecoveryCodes, newSeed, recoveryCodeHash } from './totp.ts'

type Ports = {
  admins: Pick<Admins, 'findById' | 'change'>
  factors: SecondFactors
  passkeys: Pick<Passkeys, 'of'>
  factor: SecondFactor
  sessions: Pick<Sessions, 'endAllOf'>
  view: SessionView
  /** Under which the authenticator app lists the code. */
  issuer: string
  now: () => Date
}

const ENROLMENT_MS = 10 * 60_000

const askerOf = ({ admin, ip: address }: FastifyRequest) => ({ admin, address })

const codesFor = (adminId: string) => {
  const recoveryCodes = newRecoveryCodes()
  return { recoveryCodes, codeHashes: recoveryCodes.map((code) => recoveryCodeHash(adminId, code)) }
}

/** How the admin who is signed in signs in. */
export const account: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { admins, factors, passkeys, factor, sessions, view, issuer, now } = ports
  const attempts = createAttempts(now)

  /** Whoever only found an open page does not know it. */
  const demandPassword = async ({ admin, ip }: FastifyRequest, password: string): Promise<void> => {
    const wait = attempts.take(admin.email, ip)
    if (wait !== null) throw problem('too-many-attempts', { retryAfterSeconds: wait })
    const found = await admins.findById(admin.id)
    if (!found || !(await passwordMatches(password, found.passwordHash))) {
      await factor.enter({ admin, address: ip }, 'session.prove', 'refused')
      throw problem('proof-failed')
    }
    attempts.succeeded(admin.email, ip)
  }

  const onlyHere = onlyHereWith({ sessions, view, now })

  /** Whoever has a second step cannot be spoken for by the password alone. */
  const demandProof = async (request: FastifyRequest): Promise<void> => {
    if ((await factor.stepsOf(request.admin.id)).length > 0) requireProof(request, now())
  }

  app.route({
    ...accountRoutes.read,
    handler: async ({ admin }) => {
      const [found, record, own] = await Promise.all([
        factors.find(admin.id),
        admins.findById(admin.id),
        passkeys.of(admin.id),
      ])
      const secondFactor = found && { ...found, enrolledAt: found.enrolledAt.toISOString() }
      return { email: admin.email, hasPassword: record?.passwordHash != null, passkeys: own.map(shown), secondFactor }
    },
  })

  app.route({
    ...accountRoutes.changePassword,
    handler: async (request, reply) => {
      const { password, newPassword } = request.body
      const found = await admins.findById(request.admin.id)
      if (found?.bySingleSignOn) throw problem('signs-in-elsewhere', { detail: OUTLIVES })
      await demandProof(request)
      if (found?.passwordHash != null) await demandPassword(request, password ?? '')
      else requireProof(request, now())
      refuseGuessable(newPassword, request.admin.email, 'newPassword')
      await admins.change(request.admin.id, { passwordHash: await hashPassword(newPassword) })
      await factor.enter(askerOf(request), 'admin.password', 'done')
      return onlyHere(request, reply)
    },
  })

  app.route({
    ...accountRoutes.beginEnrolment,
    handler: async (request, reply) => {
      const { admin } = request
      await demandProof(request)
      await demandPassword(request, request.body.password)
      if (await factors.find(admin.id)) throw problem('second-factor-on')
      const seed = newSeed()
      await factors.begin(admin.id, seed, now())
      const address = addressOf(seed, admin.email, issuer)
      const picture = await pictureOf(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
      return reply.code(201).send({ seed, address, picture })
    },
  })

  app.route({
    ...accountRoutes.confirmEnrolment,
    handler: async (request, reply) => {
      const { admin } = request
      const begun = await factors.begun(admin.id)
      if (!begun || now().getTime() - begun.begunAt.getTime() >= ENROLMENT_MS)
        throw problem('enrolment-over', { detail: said`It has to be finished within ten minutes. Begin again.` })
      const step = await factor.firstCode(askerOf(request), begun.seed, request.body.code)
      const { recoveryCodes, codeHashes } = codesFor(admin.id)
      const isOn = await factors.confirm({ adminId: admin.id, seed: begun.seed, step, codeHashes, at: now() })
      if (!isOn) throw problem('second-factor-on')
      await factor.enter(askerOf(request), 'second-factor.enrol', 'done')
      return { session: await onlyHere(request, reply), recoveryCodes }
    },
  })

  app.route({
    ...accountRoutes.remove,
    handler: async (request, reply) => {
      const { password, ...code } = request.body
      await demandPassword(request, password)
      if (!(await factors.find(request.admin.id))) throw problem('second-factor-off')
      await factor.demand(askerOf(request), code)
      await factors.remove(request.admin.id)
      await factor.enter(askerOf(request), 'second-factor.remove', 'done')
      return onlyHere(request, reply)
    },
  })

  app.route({
    ...accountRoutes.newRecoveryCodes,
    handler: async (request, reply) => {
      const { admin } = request
      const { password, ...code } = request.body
      await demandPassword(request, password)
      if (!(await factors.find(admin.id))) throw problem('second-factor-off')
      await factor.demand(askerOf(request), code)
      const { recoveryCodes, codeHashes } = codesFor(admin.id)
      await factors.replaceRecoveryCodes(admin.id, codeHashes)
      await factor.enter(askerOf(request), 'second-factor.recovery-codes', 'done')
      return { session: await onlyHere(request, reply), recoveryCodes }
    },
  })

  app.route({
    ...accountRoutes.removeOf,
    handler: async (request, reply) => {
      const { admin, ip: address } = request
      if (request.params.adminId === admin.id)
        throw problem('not-allowed', { detail: said`Your own is turned off on the page of your account.` })
      const somebody = await admins.findById(request.params.adminId)
      if (!somebody) throw problem('admin-not-found')
      const removed = await factors.removeAll(somebody.id)
      if (!removed.app && removed.passkeys === 0) throw problem('second-factor-off')
      await sessions.endAllOf(somebody.id)
      const before = { app: removed.app ? 'on' : 'off', passkeys: String(removed.passkeys) }
      await factor.enter({ admin, address }, 'second-factor.remove', 'done', { target: somebody.email, before })
      return reply.code(204).send()
    },
  })
}

/** Why whoever comes from the provider is let in by the provider alone, which may also put them out. */
const OUTLIVES = said`A password would still open the console when the provider no longer does.`

const shown = ({ id, name, isSynced, addedAt, lastUsedAt }: PasskeyRecord): Passkey => ({
  id,
  name,
  isSynced,
  addedAt: addedAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})
