import type { Settled } from '../options.ts'
import { hash } from '../world/hash.ts'

/** One statistics object as it will be when it is closed. `from` and `to` are its part of the slot's counters. */
export type Planned = {
  name: string
  service: number
  slot: number
  /** Milliseconds since 1970. */
  startMs: number
  /** Seconds it covers when it is closed. */
  seconds: number
  slotStartMs: number
  /** The first and the last second of the slot that it counts. */
  from: number
  to: number
}

const MONTH_DAYS = 30
const DAY = 86_400_000

export const objectName = (serviceId: string, startMs: number, period: number) =>
  `s3-usage-${serviceId}-${new Date(startMs).toISOString()}-${period}`

const NAME = /^s3-usage-([0-9a-f]{16})-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)-\d+$/

/** Which objects there are: each service has its own offset, so periods do not begin together. */
export const createSchedule = (settings: Settled, startedAt: number) => {
  const { seed, services, period, restarts, serviceId, silentPeriods } = settings
  const length = period * 1000
  const days = settings.days >= 0 ? settings.days : settings.months * MONTH_DAYS
  const begins = settings.since || startedAt - days * DAY
  const lastDigits =
    serviceId === 'bare-hex' ? (at: number) => (0x6a + at).toString(16) : (at: number) => String(65 + at)
  const ids = Array.from({ length: services }, (_, at) => `8000000000000${lastDigits(at).padStart(3, '0')}`)

  const offset = (service: number) => (hash(seed, 80, service) % period) * 1000
  const slotStart = (service: number, slot: number) => slot * length + offset(service)
  const slotAt = (service: number, at: number) => Math.floor((at - offset(service)) / length)
  const firstSlot = (service: number) => slotAt(service, begins - 1) + 1

  const plan = (service: number, slot: number, from: number, to: number): Planned => {
    const slotStartMs = slotStart(service, slot)
    // A service that restarts is away for a second; what it missed of the slot is counted after it.
    const away = from === 0 ? 0 : 1
    const startMs = slotStartMs + (from + away) * 1000
    const name = objectName(ids[service] ?? '', startMs, period)
    return { name, service, slot, startMs, seconds: to - from - away, slotStartMs, from, to }
  }

  const inSlot = (service: number, slot: number): Planned[] => {
    const luck = hash(seed, 81, service, slot)
    const hour = new Date(slotStart(service, slot)).getUTCHours()
    // Objects exist only for intervals with activity; at night some have none.
    if (silentPeriods > 0 && hour >= 2 && hour < 5 && luck % silentPeriods === 0) return []
    if (restarts === 0 || luck % restarts !== 0) return [plan(service, slot, 0, period)]
    const cut = 1 + Math.floor((period - 3) * ((luck >>> 8) / 0x1000000))
    return [plan(service, slot, 0, cut), plan(service, slot, cut, period)]
  }

  const from = function* (service: number, slot: number, until: number): Generator<Planned> {
    for (let at = Math.max(slot, firstSlot(service)); slotStart(service, at) <= until; at++) yield* inSlot(service, at)
  }

  return {
    serviceIds: ids,

    /** The planned objects that have begun by `until`, in the order of their names, after a name if one is given. */
    *planned(until: number, after = '', startMs = 0): Generator<Planned> {
      const [, afterId = '', afterTime = ''] = NAME.exec(after) ?? []
      const afterMs = Date.parse(afterTime)
      for (const [service, id] of ids.entries()) {
        if (afterId !== '' && id < afterId) continue
        const begin = Math.max(startMs, id === afterId && Number.isFinite(afterMs) ? afterMs : 0)
        for (const object of from(service, slotAt(service, begin) - 1, until)) {
          if (object.startMs <= until && object.name > after) yield object
        }
      }
    },

    slotAt,

    find(name: string): Planned | undefined {
      const [, id = '', time = ''] = NAME.exec(name) ?? []
      const service = ids.indexOf(id)
      if (service < 0) return undefined
      const slot = slotAt(service, Date.parse(time))
      return slot < firstSlot(service) ? undefined : inSlot(service, slot).find((object) => object.name === name)
    },
  }
}
