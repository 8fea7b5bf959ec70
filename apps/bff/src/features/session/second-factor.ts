import type { AuditEntry } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Admin, SecondFactorCode, SecondStep } from '@ostor-console/shared/session'
import type { Session } from 'fastify'
import type { Secret } from '../../adapters/gateway/secret.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Passkeys } from '../../adapters/store/passkeys.ts'
import type { SecondFactors } from '../../adapters/store/second-factors.ts'
import { createAttempts } from './attempts.ts'
import { recoveryCodeHash, stepOf } from './totp.ts'

type Ports = {
  factors: SecondFactors
  passkeys: Pick<Passkeys, 'of'>
  audit: Audit
  isRequired: boolean
  now: () => Date
}
type Fields = { target?: string; before?: AuditFields }
type Asking = Pick<Session, 'admin' | 'bySingleSignOn' | 'byPasskey'>
type Asker = { admin: Pick<Admin, 'id' | 'email'>; address: string }

/** Six digits can be guessed, so fewer are let through than of passwords. */
const GUESSES = { perAddress: 5, perAccount: 20 }

const WRONG = {
  first: said`Type the six digits that the app shows now, and see that the clock of the phone is right.`,
  app: said`Each code serves once and for about a minute. Wait for the next one, and see that the clock of the phone is right.`,
  'recovery-code': said`Each recovery code serves once. Look for one that was not used.`,
}

export type SecondFactor = ReturnType<typeof secondFactor>

/** The second proof of an admin who has given the password. */
export const secondFactor = ({ factors, passkeys, audit, isRequired, now }: Ports) => {
  const attempts = createAttempts(now, GUESSES)

  const matches = async (adminId: string, { method, code }: SecondFactorCode): Promise<boolean> => {
    if (method === 'recovery-code') return factors.takeRecoveryCode(adminId, recoveryCodeHash(adminId, code), now())
    const seed = await factors.seedOf(adminId)
    const step = seed && stepOf(seed, code, now())
    return step !== null && factors.takeStep(adminId, step)
  }

  const enter = (
    { admin: { email }, address }: Asker,
    action: AuditEntry['action'],
    outcome: 'done' | 'refused',
    { target = email, ...fields }: Fields = {},
  ): Promise<string> => audit.record({ actor: email, action, target, outcome, address, ...fields })

  const countTry = ({ admin: { email }, address }: Asker): void => {
    const wait = attempts.take(email, address)
    if (wait !== null) throw problem('too-many-attempts', { retryAfterSeconds: wait })
  }

  const refuse = async (asker: Asker, detail: string): Promise<never> => {
    await enter(asker, 'second-factor.refused', 'refused')
    throw problem('code-wrong', { detail })
  }

  const stepsOf = async (adminId: string): Promise<SecondStep[]> => {
    const [app, [passkey]] = await Promise.all([factors.find(adminId), passkeys.of(adminId)])
    return [...(app ? (['app'] as const) : []), ...(passkey ? (['passkey'] as const) : [])]
  }

  return {
    enter,

    /** What this admin has besides the password, any of which will do; when there is nothing, the password alone is enough. */
    stepsOf,

    /** Whether a session has to get a second step before anything else. Whoever comes from the provider has theirs there. */
    isOwedIn: async ({ admin, bySingleSignOn, byPasskey }: Asking): Promise<boolean> => {
      if (!isRequired || !admin || bySingleSignOn || byPasskey) return false
      return (await stepsOf(admin.id)).length === 0
    },

    /** The time step whose code this is. Throws `code-wrong` or `too-many-attempts`. */
    async firstCode(asker: Asker, seed: Secret, code: string): Promise<number> {
      countTry(asker)
      const step = stepOf(seed, code, now())
      if (step === null) return refuse(asker, WRONG.first)
      attempts.succeeded(asker.admin.email, asker.address)
      return step
    },

    /** Takes the code, which serves once. Throws `code-wrong` or `too-many-attempts`. */
    async demand(asker: Asker, given: SecondFactorCode): Promise<void> {
      countTry(asker)
      if (!(await matches(asker.admin.id, given))) await refuse(asker, WRONG[given.method])
      attempts.succeeded(asker.admin.email, asker.address)
      if (given.method === 'recovery-code') await enter(asker, 'second-factor.recovery-used', 'done')
    },
  }
}
