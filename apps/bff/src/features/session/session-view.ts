import type { GroupName } from '@ostor-console/shared/groups'
import type { Session } from '@ostor-console/shared/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Admins } from '../../adapters/store/admins.ts'
import type { Groups } from '../../adapters/store/groups.ts'
import type { Clusters } from '../../clusters.ts'
import { PROOF_MS, pendingAdmin } from '../../plugins/session.ts'

type Ports = {
  admins: Pick<Admins, 'count'>
  groups: Pick<Groups, 'limitOf'>
  clusters: Clusters
  demo: Session['demo']
  sso: Session['sso']
  version: string
  now: () => Date
}

export type SessionView = ReturnType<typeof sessionView>

/** What a page is told about its session. */
export const sessionView =
  ({ admins, groups, clusters, demo, sso, version, now }: Ports) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<Session> => {
    const { admin, provedAt, bySingleSignOn } = request.session
    const known = { demo, sso, version }
    if (admin) {
      return {
        ...known,
        state: 'signed-in',
        admin,
        limitedTo: admin.role === 'admin' ? null : ((await groups.limitOf(admin.id))?.groups.map(nameOf) ?? null),
        signedInBy: bySingleSignOn ? 'single-sign-on' : 'password',
        csrfToken: reply.generateCsrf(),
        provedUntil: new Date((provedAt ?? 0) + PROOF_MS).toISOString(),
        clusters: clusters.all.map(({ cluster }) => cluster),
      }
    }
    const out = {
      ...known,
      admin: null,
      limitedTo: null,
      signedInBy: null,
      csrfToken: null,
      provedUntil: null,
      clusters: [],
    }
    if (pendingAdmin(request, now())) return { ...out, state: 'second-factor-required' }
    return { ...out, state: (await admins.count()) === 0 ? 'setup-required' : 'signed-out' }
  }

const nameOf = ({ id, name, cluster }: GroupName): GroupName => ({ id, name, cluster })
