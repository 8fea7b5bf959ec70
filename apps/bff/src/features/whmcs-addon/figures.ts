import { ProblemError } from '@ostor-console/shared/problem'
import type { AddonUsage, AddonUser } from '@ostor-console/shared/whmcs-addon'
import type { ClientLinks, LinkRecord } from '../../adapters/store/client-links.ts'
import type { MonthSoFar, SoFar } from '../../adapters/store/month-so-far.ts'
import type { Clusters } from '../../clusters.ts'

type Ports = {
  links: Pick<ClientLinks, 'all' | 'ofClients'>
  soFar: MonthSoFar
  clusters: Clusters
  now: () => Date
}
type Month = { name: string; from: Date; to: Date; hours: bigint }

/** Of a client; what has more has its page in the console. */
const MOST_USERS = 20

export type AddonFigures = ReturnType<typeof addonFigures>

/** What WHMCS is told of this month, which is that of UTC. */
export const addonFigures = ({ links, soFar, clusters, now }: Ports) => {
  const figuresOf = async (linked: readonly LinkRecord[], month: Month) => {
    const known = await Promise.all(
      clusters.all.map(async ({ cluster: { id } }) => {
        const own = linked.filter(({ cluster }) => cluster === id)
        const ids = own.map(({ userId }) => userId)
        const { figures, trafficUntil, sizesUntil } = await soFar(id, ids, month)
        const users = own.map((link) => ({ ...link, soFar: figures.get(link.userId) ?? NOTHING }))
        return { users, trafficUntil, sizesUntil }
      }),
    )
    const told = known.filter(({ users }) => users.length > 0)
    return {
      users: told.flatMap(({ users }) => users),
      trafficUntil: earliest(told.map((of) => of.trafficUntil)),
      sizesUntil: earliest(told.map((of) => of.sizesUntil)),
    }
  }

  const userOf = async ({ cluster, userId, soFar: figures }: LinkRecord & { soFar: SoFar }): Promise<AddonUser> => {
    const { downloadedBytes, operations } = figures
    const about = { cluster, userId, downloadedBytes: text(downloadedBytes), operations: text(operations) }
    try {
      const { email, state, keyIds, storedBytes } = await clusters.get(cluster).gateway.getUser(userId)
      return { ...about, email, state, keyIds, storedBytes: text(storedBytes) }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const isGone = error.is('user-not-found')
      return { ...about, email: null, state: isGone ? 'gone' : 'unknown', keyIds: null, storedBytes: null }
    }
  }

  return {
    async panel(clientId: number) {
      const month = monthOf(now())
      const linked = (await links.ofClients([clientId])).slice(0, MOST_USERS)
      const { users, trafficUntil } = await figuresOf(linked, month)
      return {
        from: month.from.toISOString(),
        completeUntil: trafficUntil?.toISOString() ?? null,
        users: await Promise.all(users.map(userOf)),
      }
    },

    async usage() {
      const month = monthOf(now())
      const { users, trafficUntil, sizesUntil } = await figuresOf(await links.all(), month)
      const asOf = earliest([trafficUntil, sizesUntil])
      return {
        month: month.name,
        asOf: asOf?.toISOString() ?? null,
        items: users.map((one) => usageOf(one, month)),
      }
    },
  }
}

const NOTHING: SoFar = { byteHours: null, downloadedBytes: null, operations: null }

/** `null` where one of them is not known. */
const earliest = (times: (Date | null)[]): Date | null => {
  const known = times.flatMap((time) => time ?? [])
  return known.length < times.length ? null : (known.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null)
}

const text = (figure: bigint | null): string | null => (figure === null ? null : String(figure))

const monthOf = (to: Date): Month => {
  const [year, index] = [to.getUTCFullYear(), to.getUTCMonth()]
  const from = new Date(Date.UTC(year, index, 1))
  const hours = BigInt((Date.UTC(year, index + 1, 1) - from.getTime()) / 3_600_000)
  return { name: from.toISOString().slice(0, 7), from, to, hours }
}

const usageOf = ({ cluster, userId, clientId, soFar: figures }: LinkRecord & { soFar: SoFar }, { hours }: Month) => {
  const { byteHours, downloadedBytes, operations } = figures
  return {
    cluster,
    userId,
    clientId,
    storageGbMonth: gigabytes(byteHours, hours),
    egressGb: gigabytes(downloadedBytes),
    requests: text(operations),
  } satisfies AddonUsage
}

/** Of 10^9 bytes, to the millionth below. */
const gigabytes = (bytes: bigint | null, over = 1n): string | null => {
  if (bytes === null) return null
  const kilobytes = bytes / (1000n * over)
  return `${kilobytes / 1_000_000n}.${String(kilobytes % 1_000_000n).padStart(6, '0')}`
}
