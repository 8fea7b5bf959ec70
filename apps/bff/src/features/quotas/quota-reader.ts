import { ProblemError } from '@ostor-console/shared/problem'
import type { Directory, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { Gateway, GatewayUser } from '../../adapters/gateway/gateway.ts'
import type { QuotaReading, QuotasByUser } from '../../lists/quotas.ts'
import { createRepeat } from '../../repeat.ts'
import { isAboutGateway } from '../../writing/about-gateway.ts'
import { twinsOf } from '../../writing/addressing.ts'
import type { KnownQuotas } from './known-quotas.ts'

type Parts = {
  cluster: { id: string }
  directory: Pick<Directory, 'users'>
  /** Waits before every request, and tells `quotas` what it read; `null` reads none. */
  gateway: Pick<Gateway, 'getQuota' | 'close'> | null
  quotas: KnownQuotas
  log: Record<'warn', (details: object, message: string) => void>
  now?: (() => Date) | undefined
  /** Whether it is this process that reads; the others know what it has read. */
  isOurs?: () => boolean
}

export type QuotaReader = ReturnType<typeof createQuotaReader>
type Due = { userId: string; email: string | null }

const READ_AGAIN_MS = 12 * 3_600_000
/** For a user whose quota could not be read. */
const TRY_AGAIN_MS = 3_600_000
const LOOK_MS = 300_000
/** Read before it is looked again who is new, and who has another e-mail. */
const MOST_DUE = 1_000
/** Read before it is written. */
const BATCH = 40
/** So many users in a row that cannot be read are no matter of each of them. */
const MOST_REFUSED = 5
const PAUSE_MS = 15_000
/** How soon what other processes kept is taken up; what this one reads is there at once. */
const LOAD_MS = 10_000
const LONGEST_REST_MS = 3_600_000

/** Reads the quota of every user now and then, one by one, because the gateway has no list of them. */
export const createQuotaReader = ({
  cluster,
  directory,
  gateway,
  quotas,
  log,
  now = () => new Date(),
  isOurs = () => true,
}: Parts) => {
  const triedAt = new Map<string, number>()
  const ending = new AbortController()
  let due: Due[] = []
  let lookedAt = Number.NEGATIVE_INFINITY
  let defaultsAt = Number.NEGATIVE_INFINITY
  let loadedAt = Number.NEGATIVE_INFINITY
  let refusedInARow = 0
  let failures = 0
  let restsUntil = Number.NEGATIVE_INFINITY

  const sinceMs = (time: number): number => now().getTime() - time

  const isDue = ({ byUser }: QuotasByUser, { id }: GatewayUser): boolean => {
    if (sinceMs(triedAt.get(id) ?? Number.NEGATIVE_INFINITY) < TRY_AGAIN_MS) return false
    const quota = byUser.get(id)
    return !quota || quotas.isDoubted(quota) || sinceMs(quota.readAt.getTime()) >= READ_AGAIN_MS
  }

  const turnOf = ({ byUser }: QuotasByUser, { id }: GatewayUser): number =>
    Math.max(byUser.get(id)?.readAt.getTime() ?? 0, triedAt.get(id) ?? 0)

  const findDue = (users: UserSnapshot): Promise<Due[]> => {
    const known = quotas.now()
    const first = users.users
      .filter((user) => isDue(known, user))
      .toSorted((a, b) => turnOf(known, a) - turnOf(known, b))
      .slice(0, MOST_DUE)
    const list = { users: async () => users }
    return Promise.all(
      first.map(async ({ id, email }) => {
        const isAlone = email.trim() !== '' && (await twinsOf(list, { id, email })).length === 0
        return { userId: id, email: isAlone ? email : null }
      }),
    )
  }

  const forget = async (isGone: (userId: string) => boolean): Promise<void> => {
    try {
      await quotas.forget(isGone)
    } catch (err) {
      log.warn({ cluster: cluster.id, err }, 'quotas of users are not kept')
    }
  }

  const look = async (): Promise<void> => {
    const users = await directory.users()
    const isGone = (userId: string): boolean => !users.byId.has(userId)
    if (users.staleReason === null) await forget(isGone)
    for (const userId of triedAt.keys()) if (isGone(userId)) triedAt.delete(userId)
    due = await findDue(users)
    // What did not fit is looked for as soon as these are read.
    lookedAt = due.length < MOST_DUE ? now().getTime() : Number.NEGATIVE_INFINITY
  }

  /** Throws what is about the gateway as a whole; a user who cannot be read has another turn later. */
  const readOne = async ({ getQuota }: Pick<Gateway, 'getQuota'>, target: Due): Promise<void> => {
    try {
      await getQuota(target)
      triedAt.delete(target.userId)
      refusedInARow = 0
      failures = 0
    } catch (error) {
      const isKnownToFail = triedAt.has(target.userId)
      triedAt.set(target.userId, now().getTime())
      if (error instanceof ProblemError && error.is('user-not-found')) return
      if (!isKnownToFail) refusedInARow += 1
      if (!(error instanceof ProblemError) || isAboutGateway(error) || refusedInARow >= MOST_REFUSED) throw error
      log.warn({ cluster: cluster.id, err: error, userId: target.userId }, 'the quota of a user could not be read')
    }
  }

  /** Each process for itself; a gateway that does not tell them is asked again with the next look. */
  const readDefaults = async ({ getQuota }: Pick<Gateway, 'getQuota'>): Promise<void> => {
    if (sinceMs(defaultsAt) < LOOK_MS) return
    defaultsAt = now().getTime()
    for (const every of ['user', 'bucket'] as const) {
      await getQuota({ every }).catch((error: unknown) => {
        if (!(error instanceof ProblemError) || isAboutGateway(error)) throw error
      })
    }
  }

  const readSome = async (from: Pick<Gateway, 'getQuota'>): Promise<void> => {
    await readDefaults(from)
    if (!isOurs()) due = []
    else if (due.length === 0 && sinceMs(lookedAt) >= LOOK_MS) await look()
    for (let read = 0; read < BATCH && !ending.signal.aborted; read++) {
      const target = due.shift()
      if (!target) return
      await readOne(from, target)
    }
  }

  const tryToRead = async (from: Pick<Gateway, 'getQuota'>): Promise<void> => {
    if (sinceMs(restsUntil) < 0) return
    try {
      await readSome(from)
      // Nothing is left that would show it.
      if (due.length === 0) failures = 0
    } catch (err) {
      if (ending.signal.aborted) return
      due = []
      refusedInARow = 0
      lookedAt = Number.NEGATIVE_INFINITY
      restsUntil = now().getTime() + Math.min(PAUSE_MS * 2 ** failures, LONGEST_REST_MS)
      failures += 1
      log.warn({ cluster: cluster.id, err }, 'quotas of users could not be read')
    }
  }

  const sync = async (): Promise<void> => {
    try {
      await quotas.save()
      if (Math.abs(sinceMs(loadedAt)) < LOAD_MS) return
      await quotas.load()
      loadedAt = now().getTime()
    } catch (err) {
      log.warn({ cluster: cluster.id, err }, 'quotas of users are not kept')
    }
  }

  const repeat = createRepeat({
    async work() {
      await sync()
      if (!gateway) return
      await tryToRead(gateway)
      await sync()
    },
    pauseMs: () => (due.length > 0 ? 0 : PAUSE_MS),
  })

  return {
    state: (): QuotaReading => (gateway ? (failures > 0 ? 'failing' : 'reading') : 'off'),
    /** Reads some that are due. */
    round: repeat.round,
    start: (): void => void repeat.start(),
    async stop(): Promise<void> {
      ending.abort()
      // What is under way may hang.
      await gateway?.close()
      await repeat.stop()
      await sync()
    },
  }
}
