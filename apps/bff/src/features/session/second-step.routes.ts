import { accountRoutes } from '@ostor-console/shared/account'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Admins } from '../../adapters/store/admins.ts'
import { GUESSES } from '../../plugins/guesses.ts'
import { isStill, pendingAdmin, startSession } from '../../plugins/session.ts'
import type { EmergencyDoor } from './emergency.ts'
import type { SecondFactor } from './second-factor.ts'
import type { SessionView } from './session-view.ts'

type Ports = {
  admins: Pick<Admins, 'findById'>
  factor: SecondFactor
  door: EmergencyDoor
  view: SessionView
  now: () => Date
}

/** Before the guard: whoever comes here has given the password and is not signed in yet. */
export const secondStep: FastifyPluginAsyncZod<Ports> = async (app, { admins, factor, door, view, now }) => {
  app.route({
    ...accountRoutes.secondStep,
    config: { ...accountRoutes.secondStep.config, ...GUESSES },
    handler: async (request, reply) => {
      const pending = pendingAdmin(request, now())
      const admin = pending && (await admins.findById(pending.id))
      if (!admin || !isStill(pending, admin))
        throw problem('sign-in-expired', { detail: said`Begin again with your e-mail and password.` })
      const asker = { admin, address: request.ip }
      await factor.demand(asker, request.body)
      await factor.enter(asker, 'session.sign-in', 'done')
      await door.entered(request, admin)
      request.log.info({ adminId: admin.id }, 'admin signed in with a second factor')
      await startSession(request, admin, now())
      return view(request, reply)
    },
  })

  app.route({
    ...accountRoutes.beginAgain,
    handler: async (request, reply) => {
      delete request.session.pending
      return view(request, reply)
    },
  })
}
