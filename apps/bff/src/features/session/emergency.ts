import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Session } from '@ostor-console/shared/session'
import type { FastifyRequest } from 'fastify'
import type { PersonRecord } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'

const TOLD_FOR_MS = 24 * 3_600_000

type Ports = {
  /** In lower case; `null` when everybody may sign in without the provider. */
  emails: string[] | null
  audit: Pick<Audit, 'record' | 'list'>
  now: () => Date
}

type Known = Pick<PersonRecord, 'email' | 'role' | 'disabledAt' | 'bySingleSignOn' | 'passwordHash' | 'passkeys'>

/** Whether one of them could come in on the day on which the provider is down. */
export const isAnyReady = (emails: string[], people: Known[]): boolean =>
  people.some(
    ({ email, role, disabledAt, bySingleSignOn, passwordHash, passkeys }) =>
      emails.includes(email.toLowerCase()) &&
      role === 'admin' &&
      disabledAt === null &&
      !bySingleSignOn &&
      (passwordHash !== null || passkeys > 0),
  )

/** Who belongs to the provider stays with it, whatever they gave themselves here. */
type Passing = { email: string; bySingleSignOn: boolean }

export type EmergencyDoor = ReturnType<typeof emergencyDoor>

/** Where people come in through a provider: who may come in without it, and how the others learn of it. */
export const emergencyDoor = ({ emails, audit, now }: Ports) => {
  const isOpenTo = (email: string): boolean => emails === null || emails.includes(email.toLowerCase())

  return {
    isOnlyWay: emails !== null,
    isOpenTo,

    /** Rejects whoever has to come through the provider; to be asked only once a password or passkey was right. */
    async pass({ ip: address, log }: FastifyRequest, { email, bySingleSignOn }: Passing): Promise<void> {
      if (!bySingleSignOn && isOpenTo(email)) return
      const detail = said`has to sign in through the provider`
      await audit.record({
        actor: email,
        action: 'session.refused',
        target: email,
        outcome: 'refused',
        detail,
        address,
      })
      log.warn('sign-in without the provider refused')
      throw problem('local-sign-in-off', { detail: said`Use the button of the provider.` })
    },

    /** Sounds the alarm, where coming in without the provider is the exception. */
    async entered({ ip: address, log }: FastifyRequest, { id, email }: { id: string; email: string }): Promise<void> {
      if (emails === null) return
      await audit.record({ actor: email, action: 'session.emergency', target: email, outcome: 'done', address })
      log.error({ adminId: id, alarm: 'emergency-sign-in' }, 'somebody signed in without the provider')
    },

    /** The last one of a day. */
    async last(): Promise<Session['emergency']> {
      if (emails === null) return null
      const from = new Date(now().getTime() - TOLD_FOR_MS)
      // Of the console itself: of no cluster.
      const { items } = await audit.list({ cluster: '', actions: ['session.emergency'], from, limit: 1 })
      const [entry] = items
      return entry ? { email: entry.actor, at: entry.at, address: entry.address } : null
    },
  }
}
