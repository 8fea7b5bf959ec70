import type { Session } from '@ostor-console/shared/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Admins } from '../../adapters/store/admins.ts'
import type { Clusters } from '../../clusters.ts'
import { PROOF_MS, pendingAdmin } from '../../plugins/session.ts'

type Ports = {
  admins: Pick<Admins, 'count'>
  clusters: Clusters
  demo: Session['demo']
  version: string
  now: () => Date
}

export type SessionView = ReturnType<typeof sessionView>

/** What a page is told about its session. */
export const sessionView =
  ({ admins, clusters, demo, version, now }: Ports) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<Session> => {
    const { admin, provedAt } = request.session
    if (admin) {
      const known = clusters.all.map(({ cluster }) => cluster)
      const provedUntil = new Date((provedAt ?? 0) + PROOF_MS).toISOString()
      return { state: 'signed-in', admin, csrfToken: reply.generateCsrf(), demo, version, provedUntil, clusters: known }
    }
    const out = { admin: null, csrfToken: null, demo, version, provedUntil: null, clusters: [] }
    if (pendingAdmin(request, now())) return { ...out, state: 'second-factor-required' }
    return { ...out, state: (await admins.count()) === 0 ? 'setup-required' : 'signed-out' }
  }
