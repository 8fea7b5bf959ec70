import type { Session } from '@ostor-console/shared/session'
import type { FastifyInstance } from 'fastify'
import type { Secret } from './adapters/gateway/secret.ts'
import type { Admins } from './adapters/store/admins.ts'
import type { ApiTokens } from './adapters/store/api-tokens.ts'
import type { Audit } from './adapters/store/audit.ts'
import type { Groups } from './adapters/store/groups.ts'
import { passkeyChallengesOf } from './adapters/store/passkey-challenges.ts'
import { passkeysOf } from './adapters/store/passkeys.ts'
import type { Sealer } from './adapters/store/sealed.ts'
import { secondFactorsOf } from './adapters/store/second-factors.ts'
import type { Sessions } from './adapters/store/sessions.ts'
import { singleSignOnsOf } from './adapters/store/single-sign-ons.ts'
import type { Store } from './adapters/store/store.ts'
import type { Clusters } from './clusters.ts'
import { account } from './features/session/account.routes.ts'
import { accountPasskeys } from './features/session/account-passkeys.routes.ts'
import { emergencyDoor } from './features/session/emergency.ts'
import { ownSessions } from './features/session/own-sessions.routes.ts'
import { passkeyCheck } from './features/session/passkey-check.ts'
import { passkeyProof, passkeySignIn } from './features/session/passkey-sign-in.routes.ts'
import { secondFactor } from './features/session/second-factor.ts'
import { secondStep } from './features/session/second-step.routes.ts'
import { session, signOut } from './features/session/session.routes.ts'
import { sessionView } from './features/session/session-view.ts'
import type { Setup } from './features/session/setup.ts'
import { type SingleSignOn, singleSignOn } from './features/session/sso.routes.ts'
import { type WhmcsSignIn, whmcsSignIn } from './features/session/whmcs-sign-in.routes.ts'

type Parts = {
  store: Store
  sealer: Sealer
  sessions: Sessions
  people: Admins
  tokens: ApiTokens
  groups: Groups
  clusters: Clusters
  audit: Audit
  setup: Setup
  demo: Session['demo']
  sso: SingleSignOn | null
  whmcs: WhmcsSignIn | null
  secretKey: Secret
  publicUrl: URL | null
  version: string
  secondStepRequired: boolean
  now: () => Date
}

/** The chapter of app.ts on signing in: every way in before the guard, and one's own account behind it. */
export const signingInOf = ({
  store,
  sealer,
  people: admins,
  tokens,
  groups,
  clusters,
  setup,
  sso,
  whmcs,
  ...parts
}: Parts) => {
  const { sessions, audit, demo, secretKey, publicUrl, version, secondStepRequired, now } = parts
  const https = publicUrl?.protocol === 'https:'
  const issuer = publicUrl ? `Ostor Console ${publicUrl.host}` : 'Ostor Console'
  const factors = secondFactorsOf(store, sealer)
  const passkeys = passkeysOf(store)
  const identities = singleSignOnsOf(store, { now })
  const factor = secondFactor({ factors, passkeys, audit, isRequired: secondStepRequired, now })
  const challenges = passkeyChallengesOf(store)
  const check = passkeyCheck({ admins, passkeys, challenges, audit, publicUrl, now })
  const door = emergencyDoor({ emails: sso?.emergencyAdmins ?? null, audit, now })
  const provider = sso && { name: sso.name, isOnlyWay: door.isOnlyWay }
  const view = sessionView({ admins, groups, clusters, demo, sso: provider, version, door, factor, publicUrl, now })

  return {
    door,
    owesSecondStep: factor.isOwedIn,

    ways: async (app: FastifyInstance): Promise<void> => {
      await app.register(session, { admins, audit, setup, factor, sessions, door, view, https, now })
      await app.register(passkeySignIn, { passkeys, check, audit, door, view, https, now })
      await app.register(secondStep, { admins, factor, door, view, now })
      await app.register(singleSignOn, { sso, admins, identities, sessions, tokens, audit, secretKey, publicUrl, now })
      if (whmcs) await app.register(whmcsSignIn, { whmcs, admins, identities, audit, door, publicUrl, now })
    },

    ownAccount: async (app: FastifyInstance): Promise<void> => {
      await app.register(signOut, { audit })
      await app.register(ownSessions, { sessions, audit })
      await app.register(account, { admins, factors, passkeys, factor, sessions, view, issuer, now })
      await app.register(passkeyProof, { passkeys, check, audit, door, view, https, now })
      await app.register(accountPasskeys, { admins, passkeys, check, sessions, audit, view, issuer, now })
    },
  }
}
