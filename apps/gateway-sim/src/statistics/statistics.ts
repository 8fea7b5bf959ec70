import type { Settled } from '../options.ts'
import type { Clock } from '../world/clock.ts'
import { hash } from '../world/hash.ts'
import { createSchedule, objectName, type Planned } from './schedule.ts'
import type { Counters, Item, Traffic } from './traffic.ts'

/** What an object holds at an instant. */
export type Contents = { serviceId: string; startMs: number; period: number; isClosed: boolean; items: Item[] }

const COUNTERS = ['put', 'get', 'list', 'other', 'uploaded', 'downloaded'] as const

/** Counters never shrink between two reads, since each is a floor of a share that grows. */
const partOf = (counters: Counters, upTo: number, from: number, period: number): Counters => {
  const until = (value: number, second: number) => (second === period ? value : Math.floor((value * second) / period))
  const part = { ...counters }
  for (const name of COUNTERS) part[name] = until(counters[name], upTo) - until(counters[name], from)
  return part
}

/** The statistics objects of all services: planned by the schedule, filled by the traffic, or planted by a test. */
export const createStatistics = (settings: Settled, clock: Clock, traffic: Traffic) => {
  const schedule = createSchedule(settings, clock.now())
  const { seed, period, flushSeconds, lateShare, lateSeconds } = settings
  const gone = new Set<string>()
  const planted = new Map<string, string>()

  /** Seconds an object covers so far: it is written every `flushSeconds`, and once more after its end. */
  const covered = (object: Planned) => {
    const age = Math.floor((clock.now() - object.startMs) / 1000)
    const isClosed = age >= object.seconds + flushSeconds
    const written = Math.floor(Math.min(age, object.seconds - 1) / flushSeconds) * flushSeconds
    return isClosed ? object.seconds : written
  }

  const contents = (object: Planned): Contents => {
    const seconds = covered(object)
    const upTo = seconds === object.seconds ? object.to : object.from + seconds
    const whole = traffic.items(object.service, object.slot, object.slotStartMs)
    const items = whole
      .map((item) => ({ ...item, counters: partOf(item.counters, upTo, object.from, period) }))
      .filter(({ counters }) => COUNTERS.some((name) => counters[name] > 0))
    const serviceId = schedule.serviceIds[object.service] ?? ''
    return { serviceId, startMs: object.startMs, period: seconds, isClosed: seconds === object.seconds, items }
  }

  const isLate = ({ service, slot }: Planned) => lateShare > 0 && hash(seed, 91, service, slot) % lateShare === 0

  /** It is there once something was written, or later. */
  const hasBegun = (object: Planned) =>
    covered(object) > 0 && !(isLate(object) && clock.now() - object.startMs < lateSeconds * 1000)

  const dated1970 = Array.from({ length: settings.names1970 }, (_, at) =>
    objectName(schedule.serviceIds[at % settings.services] ?? '', at * 1000, period),
  )
  for (const name of dated1970) {
    const id = name.slice(9, 25)
    const start = Math.floor(Date.parse(name.slice(26, 50)) / 1000)
    planted.set(
      name,
      `{"fmt_version":1,"service_id":${settings.serviceId === 'number' ? id : `"${id}"`},"start_ts":${start},"period":${period},"nr_items":0,"items":[]}`,
    )
  }

  const merged = function* (after: string): Generator<string> {
    const extra = [...planted.keys()].filter((name) => name > after).toSorted()
    let next = extra.shift()
    for (const object of schedule.planned(clock.now(), after)) {
      while (next !== undefined && next < object.name) {
        yield next
        next = extra.shift()
      }
      if (!planted.has(object.name) && hasBegun(object)) yield object.name
    }
    if (next !== undefined) yield next
    yield* extra
  }

  const isThere = (object: Planned | undefined): object is Planned =>
    settings.collectStatistics && object !== undefined && hasBegun(object)

  return {
    serviceIds: schedule.serviceIds,

    /** Names in the order of the listing, after a name if one is given. */
    *names(after = ''): Generator<string> {
      if (!settings.collectStatistics) return
      for (const name of merged(after)) if (!gone.has(name)) yield name
    },

    /** What an object holds now; text where a test planted it. */
    read(name: string): Contents | string | undefined {
      if (gone.has(name)) return undefined
      const text = planted.get(name)
      if (text !== undefined) return text
      const object = schedule.find(name)
      return isThere(object) ? contents(object) : undefined
    },

    /** Everything reported since the beginning, deleted objects included, with planted ones left out. */
    *reported(fromMs = 0, untilMs = Infinity): Generator<{ name: string; isDeleted: boolean; contents: Contents }> {
      for (const object of schedule.planned(Math.min(clock.now(), untilMs - 1), '', fromMs)) {
        if (object.startMs < fromMs || object.startMs >= untilMs || !isThere(object)) continue
        yield { name: object.name, isDeleted: gone.has(object.name), contents: contents(object) }
      }
    },

    record: (at: number, item: Item) => traffic.record(0, schedule.slotAt(0, at), item),
    remove: (name: string) => gone.add(name),
    restore: (name: string) => gone.delete(name),
    plant: (name: string, body: string) => planted.set(name, body),
  }
}

export type Statistics = ReturnType<typeof createStatistics>
