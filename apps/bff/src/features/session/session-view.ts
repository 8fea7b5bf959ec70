import type { GroupName } from '@ostor-console/shared/groups'
import { may } from '@ostor-console/shared/roles'
import type { Session } from '@ostor-console/shared/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Admins } from '../../adapters/store/admins.ts'
import type { Groups } from '../../adapters/store/groups.ts'
import type { Clusters } from '../../clusters.ts'
import { PROOF_MS, pendingAdmin } from '../../plugins/session.ts'
import type { EmergencyDoor } from './emergency.ts'
import { passkeyPlace } from './passkey-place.ts'
import type { SecondFactor } from './second-factor.ts'

type Ports = {
  admins: Pick<Admins, 'count'>
  groups: Pick<Groups, 'limitOf'>
  clusters: Clusters
  demo: Session['demo']
  door: Pick<EmergencyDoor, 'last'>
  factor: Pick<SecondFactor, 'isOwedIn'>
  sso: Session['sso']
  version: string
  publicUrl: URL | null
  now: () => Date
}

export type SessionView = ReturnType<typeof sessionView>

/** What a page is told about its session. */
export const sessionView =
  ({ admins, groups, clusters, demo, sso, version, door, factor, publicUrl, now }: Ports) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<Session> => {
    const { admin, provedAt } = request.session
    const known = { demo, sso, version, passkeys: passkeyPlace(request, publicUrl) !== null, secondSteps: [] }
    if (admin) {
      return {
        ...known,
        state: 'signed-in',
        admin,
        limitedTo: admin.role === 'admin' ? null : ((await groups.limitOf(admin.id))?.groups.map(nameOf) ?? null),
        signedInBy: wayOf(request),
        owesSecondStep: await factor.isOwedIn(request.session),
        csrfToken: reply.generateCsrf(),
        provedUntil: new Date((provedAt ?? 0) + PROOF_MS).toISOString(),
        emergency: may(admin.role, 'audit.see') ? await door.last() : null,
        clusters: clusters.all.map(({ cluster }) => cluster),
      }
    }
    const out = {
      ...known,
      admin: null,
      limitedTo: null,
      owesSecondStep: false,
      signedInBy: null,
      csrfToken: null,
      provedUntil: null,
      emergency: null,
      clusters: [],
    }
    const pending = pendingAdmin(request, now())
    if (pending) return { ...out, state: 'second-factor-required', secondSteps: pending.steps }
    return { ...out, state: (await admins.count()) === 0 ? 'setup-required' : 'signed-out' }
  }

const wayOf = ({ session: { bySingleSignOn, byPasskey } }: FastifyRequest): Session['signedInBy'] => {
  if (bySingleSignOn) return 'single-sign-on'
  return byPasskey ? 'passkey' : 'password'
}

const nameOf = ({ id, name, cluster }: GroupName): GroupName => ({ id, name, cluster })
