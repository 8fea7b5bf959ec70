import { adminsRoutes } from '@ostor-console/shared/admins'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type SecondStep, type Session, sessionRoutes } from '@ostor-console/shared/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { AdminRecord, Admins } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Sessions } from '../../adapters/store/sessions.ts'
import { GUESSES } from '../../plugins/guesses.ts'
import { createSeldom } from '../../plugins/seldom.ts'
import {
  type Entering,
  endSession,
  requireAdmin,
  requireToken,
  startPending,
  startSession,
} from '../../plugins/session.ts'
import { createAttempts } from './attempts.ts'
import type { EmergencyDoor } from './emergency.ts'
import { refuseGuessable } from './guessable.ts'
import { hashPassword, passwordMatches } from './password.ts'
import type { SecondFactor } from './second-factor.ts'
import type { SessionView } from './session-view.ts'
import type { Setup } from './setup.ts'
import { checkTls } from './tls.ts'

type Ports = {
  admins: Admins
  audit: Audit
  setup: Setup
  factor: SecondFactor
  sessions: Pick<Sessions, 'endAllOf'>
  door: EmergencyDoor
  view: SessionView
  https: boolean
  now: () => Date
}

export const session: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { admins, audit, setup, factor, sessions, door, view, https, now } = ports
  const attempts = createAttempts(now)
  const isToNote = createSeldom(now, TOO_MANY)

  const enter = (
    { ip: address }: FastifyRequest,
    actor: string,
    action: AuditEntry['action'],
    outcome: 'done' | 'refused',
    detail: string | null = null,
  ) => audit.record({ actor, action, target: actor, outcome, address, detail })

  /** Whoever guesses goes on all night; that it happens is entered, not each time. */
  const spend = async (request: FastifyRequest, email: string, action: 'session.refused' | 'session.prove') => {
    const wait = attempts.take(email, request.ip)
    if (wait === null) return
    const actor = (await admins.findByEmail(email))?.email ?? 'nobody'
    if (isToNote(`${action} ${actor} ${request.ip}`))
      await enter(request, actor, action, 'refused', said`Too many attempts, without a look at the password`)
    throw problem('too-many-attempts', { retryAfterSeconds: wait })
  }

  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    admin: Entering,
    goesOn = {},
  ): Promise<Session> => {
    await startSession(request, admin, now(), goesOn)
    return view(request, reply)
  }

  /** Whether there is a second step, for which the session then waits. */
  const isPending = async (request: FastifyRequest, admin: AdminRecord): Promise<boolean> => {
    const steps = await factor.stepsOf(admin.id)
    if (steps.length === 0) return false
    await startPending(request, admin, steps, now())
    return true
  }

  app.route({ ...sessionRoutes.read, handler: view })

  app.route({
    ...sessionRoutes.signIn,
    config: { ...sessionRoutes.signIn.config, ...GUESSES },
    handler: async (request, reply) => {
      checkTls(request, https)
      const { email, password } = request.body
      await spend(request, email, 'session.refused')
      const admin = await admins.findByEmail(email)
      if (!(await passwordMatches(password, admin?.passwordHash ?? null)) || !admin) {
        // An e-mail that is nobody's is not written down: it may be a password in the wrong box.
        await enter(request, admin?.email ?? 'nobody', 'session.refused', 'refused')
        throw problem('sign-in-failed')
      }
      attempts.succeeded(email, request.ip)
      await door.pass(request, admin)
      if (await isPending(request, admin)) {
        // Who gets no further knows the password and is perhaps not the one whose it is.
        await enter(request, admin.email, 'session.password', 'done', said`The second step is still to come`)
        return view(request, reply)
      }
      await enter(request, admin.email, 'session.sign-in', 'done')
      await door.entered(request, admin)
      request.log.info({ adminId: admin.id }, 'admin signed in')
      return begin(request, reply, admin)
    },
  })

  app.route({
    ...adminsRoutes.join,
    config: { ...adminsRoutes.join.config, ...GUESSES },
    handler: async (request, reply) => {
      checkTls(request, https)
      const { code, password } = request.body
      refuseGuessable(password, '', 'password')
      const admin = await admins.join(code, await hashPassword(password), now())
      if (!admin)
        throw problem('link-wrong', { detail: said`It was used, replaced or is too old. Ask for another one.` })
      await door.pass(request, admin)
      await enter(request, admin.email, 'admin.join', 'done')
      if (await isPending(request, admin)) return view(request, reply)
      await door.entered(request, admin)
      return begin(request, reply, { ...admin, generation: await sessions.endAllOf(admin.id) })
    },
  })

  app.route({
    ...sessionRoutes.prove,
    config: { ...sessionRoutes.prove.config, ...GUESSES },
    onRequest: [requireAdmin, requireToken],
    handler: async (request, reply) => {
      const { id, email } = request.admin
      const { password, second } = request.body
      await spend(request, email, 'session.prove')
      const admin = await admins.findById(id)
      if (!admin || !(await passwordMatches(password, admin.passwordHash))) {
        await enter(request, email, 'session.prove', 'refused')
        throw problem('proof-failed')
      }
      attempts.succeeded(email, request.ip)
      const steps = await factor.stepsOf(id)
      if (steps.length > 0 && !second) throw problem('second-step-required', { detail: ways(steps) })
      if (steps.length > 0 && second) await factor.demand({ admin, address: request.ip }, second)
      await enter(request, email, 'session.prove', 'done')
      const { generation = 0 } = request.session
      return begin(request, reply, { ...request.admin, generation }, request.session)
    },
  })

  app.route({
    ...sessionRoutes.setUp,
    config: { ...sessionRoutes.setUp.config, ...GUESSES },
    handler: async (request, reply) => {
      checkTls(request, https)
      const { code, email, password } = request.body
      if (!door.isOpenTo(email))
        throw problem('local-sign-in-off', { detail: said`The first admin has to be one of EMERGENCY_ADMINS.` })
      const admin = await setup.first(code, async () => {
        refuseGuessable(password, email, 'password')
        const created = await admins.create({ email, passwordHash: await hashPassword(password) })
        await enter(request, created.email, 'admin.create', 'done')
        return created
      })
      await door.entered(request, admin)
      request.log.info({ adminId: admin.id }, 'first admin created')
      return begin(request, reply, admin)
    },
  })
}

const TOO_MANY = { everyMs: 600_000, most: 500 }

const ways = (steps: SecondStep[]): string =>
  steps.includes('app') ? said`Give a code of the app or a recovery code as well.` : said`Use one of your passkeys.`

/** Registered behind the guard: only who is signed in can sign out. */
export const signOut: FastifyPluginAsyncZod<{ audit: Audit }> = async (app, { audit }) => {
  app.route({
    ...sessionRoutes.signOut,
    handler: async (request, reply) => {
      const { id, email } = request.admin
      await endSession(request, reply)
      const entry = { action: 'session.sign-out', target: email, outcome: 'done' } as const
      await audit.record({ actor: email, ...entry, address: request.ip })
      request.log.info({ adminId: id }, 'admin signed out')
      return reply.code(204).send()
    },
  })
}
