import type { Client, ClientService } from '@ostor-console/shared/clients'
import { said } from '@ostor-console/shared/said'
import type { ClientLinks } from './adapters/store/client-links.ts'
import type { ClientStandings, Standing } from './adapters/store/client-standings.ts'
import { type Whmcs, WhmcsError } from './adapters/whmcs/whmcs.ts'
import { createRepeat } from './repeat.ts'

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Parts = {
  whmcs: Pick<Whmcs, 'clients' | 'client' | 'services'>
  links: Pick<ClientLinks, 'all' | 'allSeen' | 'see' | 'lose'>
  standings: Pick<ClientStandings, 'all' | 'replace' | 'fail'>
  intervalMs: number
  log: Log
  now?: () => Date
  /** Only one process does this at a time. */
  isOurs?: () => boolean
}

const AT_ONCE = 100
/** After a failure, or while another process does this. */
const SOONER_MS = 300_000

/** Reads on a schedule what WHMCS says of its clients, for the report of drift and for when it does not answer. It changes nothing there. */
export const createWhmcsSync = (parts: Parts) => {
  const { whmcs, links, standings, intervalMs, log, now = () => new Date(), isOurs = () => true } = parts

  let hasFailed = false

  const work = async (): Promise<void> => {
    const asOf = now()
    try {
      const listed = await everyClient(asOf)
      await lookForMissing(listed, asOf)
      const learned = await standingsOf(listed)
      await standings.replace(learned, { asOf, clients: listed.size })
      hasFailed = false
      log.info({ clients: listed.size, linked: learned.size }, 'clients of WHMCS compared')
    } catch (err) {
      hasFailed = true
      log.warn({ err }, 'clients of WHMCS could not be compared')
      await standings.fail(err instanceof WhmcsError ? err.message : said`Something failed on our side`).catch(() => {})
    }
  }

  const everyClient = async (asOf: Date): Promise<Map<number, Client>> => {
    const found = new Map<number, Client>()
    for (let start = 0; ; ) {
      const { total, items } = await whmcs.clients({ start, count: AT_ONCE })
      const fresh = new Map(items.map((client) => [client.id, client]))
      await links.see([...fresh.values()], asOf)
      for (const [id, client] of fresh) found.set(id, client)
      start += items.length
      if (items.length === 0 || start >= total) return found
    }
  }

  /** A list that is read in parts may miss one: gone is only what WHMCS, asked for it alone, does not know. */
  const lookForMissing = async (listed: Map<number, Client>, asOf: Date): Promise<void> => {
    const [linked, seen] = await Promise.all([links.all(), links.allSeen()])
    const there = seen.flatMap(({ id, goneAt }) => (goneAt === null ? [id] : []))
    for (const id of new Set([...there, ...linked.map(({ clientId }) => clientId)])) {
      if (listed.has(id)) continue
      const client = await clientOf(whmcs, id)
      if (client) {
        listed.set(id, client)
        await links.see([client], asOf)
      } else await links.lose(id, asOf)
    }
  }

  const standingsOf = async (listed: ReadonlyMap<number, Client>): Promise<Map<number, Standing>> => {
    const [linked, before] = await Promise.all([links.all(), standings.all()])
    const learned = new Map<number, Standing>()
    for (const id of new Set(linked.map(({ clientId }) => clientId))) {
      const client = listed.get(id)
      const services = client ? troubleIn(await whmcs.services(id)) : null
      const email = before.get(id)?.email ?? client?.email
      if (email !== undefined) learned.set(id, { email, services })
    }
    return learned
  }

  const pauseMs = (): number => (hasFailed || !isOurs() ? Math.min(SOONER_MS, intervalMs) : intervalMs)

  return createRepeat({ work, pauseMs, isDue: isOurs })
}

const clientOf = async (whmcs: Parts['whmcs'], id: number): Promise<Client | null> => {
  try {
    return await whmcs.client({ id })
  } catch (error) {
    if (error instanceof WhmcsError && error.kind === 'not-found') return null
    throw error
  }
}

/** What is suspended counts by itself; what has ended only when nothing else is active: most clients had something once. */
export const troubleIn = (services: readonly ClientService[]): string | null => {
  const of = (...states: string[]) => services.filter(({ status }) => states.includes(status.toLowerCase()))
  const suspended = of('suspended')
  const ended = of('active').length > 0 ? [] : of('terminated')
  const trouble = [...suspended, ...ended].map(({ product, status }) => `${product}: ${status.toLowerCase()}`)
  return trouble.length > 0 ? trouble.join(', ') : null
}
