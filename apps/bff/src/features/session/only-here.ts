import type { Session } from '@ostor-console/shared/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sessions } from '../../adapters/store/sessions.ts'
import { startSession } from '../../plugins/session.ts'
import type { SessionView } from './session-view.ts'

type Ports = { sessions: Pick<Sessions, 'endAllOf'>; view: SessionView; now: () => Date }

/**
 * What was known of the sign-in before opens nothing any more, but for this page. Its proof goes on as it was: another
 * password or passkey does not prove who chose it.
 */
export const onlyHereWith =
  ({ sessions, view, now }: Ports) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<Session> => {
    const { admin, session } = request
    const { provedAt } = session
    const generation = await sessions.endAllOf(admin.id)
    await startSession(request, { ...admin, generation }, now(), session)
    Object.assign(request.session, { provedAt })
    return view(request, reply)
  }
