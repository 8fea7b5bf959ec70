import { type AsyncCommand, assert, asyncModelRun, asyncProperty, commands, integer, nat, record } from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Gateway } from '../../apps/bff/src/adapters/gateway/gateway.ts'
import { openStore, type Store } from '../../apps/bff/src/adapters/store/store.ts'
import { gatewayWithStatistics, staleRollUpsIn, tornIn, totalsIn } from '../../apps/bff/test/collecting.ts'
import { blankPlace, ENGINES, type EngineName } from '../../apps/bff/test/stores.ts'
import { randomFaults, randomOf } from './random-faults.ts'
import { inSteps } from './store-in-steps.ts'

const MINUTE = 60_000
const RUNS = Number(process.env['MODEL_RUNS'] ?? 8)
const WORLD = {
  seed: 5,
  period: 900,
  flushSeconds: 540,
  services: 2,
  users: 6,
  buckets: 12,
  itemsPerObject: 4,
  silentPeriods: 0,
  restarts: 4,
  lateShare: 6,
  lateSeconds: 3600,
  listOrder: 'shuffled',
  listRepeats: true,
  skewMinutes: 0,
  since: '2026-11-04T11:00:00Z',
} as const

/** An object as the console was told it once: the sums over its items, as text. */
type Version = string

type Model = {
  /** What the console was told of each object, oldest first. */
  told: Map<string, Version[]>
  /** How many of those there were when a round last brought one home; it may not be lost again. */
  home: Map<string, number>
  removed: Set<string>
}

type Console = { store: Store; dies: { after: number }; skewMs: number }
type Real = {
  gateway: Awaited<ReturnType<typeof gatewayWithStatistics>>
  consoles: [Console, Console]
}

/** The store of a console that is gone after so many statements: whatever was under way is rolled back. */
const mortal = (store: Store, dies: Console['dies']): Store => {
  const live = (): void => {
    if (dies.after < 0) throw new Error('the process is gone')
  }
  const statement = (): void => {
    dies.after -= 1
    live()
  }
  return inSteps(store, { statement, commit: live })
}

const versionOf = (
  items: readonly { getOps: bigint; putOps: bigint; uploadedBytes: bigint; downloadedBytes: bigint }[],
) => {
  const sum = (value: (item: (typeof items)[number]) => bigint) =>
    items.reduce((total, item) => total + value(item), 0n)
  return [
    sum(({ putOps }) => putOps),
    sum(({ getOps }) => getOps),
    sum(({ uploadedBytes }) => uploadedBytes),
    sum(({ downloadedBytes }) => downloadedBytes),
  ].join(' ')
}

const versionsIn = async ({ db }: Store): Promise<Map<string, Version>> => {
  const { rows } = await sql<{ name: string; version: string }>`
    select o.name, concat_ws(' ', coalesce(sum(put_ops), 0), coalesce(sum(get_ops), 0),
      coalesce(sum(uploaded_bytes), 0), coalesce(sum(downloaded_bytes), 0)) as version
    from statistics_objects as o left join usage_rows as r on r.object_no = o.object_no
    where o.item_count is not null group by o.name`.execute(db)
  return new Map(rows.map(({ name, version }) => [name, version]))
}

/** A round of one console. Answers whether it came to its end; then it has brought home what it was told. */
const round = async ({ told, home }: Model, { gateway }: Real, { store, dies, skewMs }: Console): Promise<boolean> => {
  const heard = new Map<string, number>()
  const listening: Pick<Gateway, 'listStatistics' | 'readStatistics'> = {
    listStatistics: (page) => gateway.gateway.listStatistics(page),
    readStatistics: async (name) => {
      const read = await gateway.gateway.readStatistics(name)
      if (!read) return read
      const versions = [...(told.get(name) ?? []), versionOf(read.object.items)]
      told.set(name, versions)
      heard.set(name, versions.length)
      return read
    },
  }
  const collector = gateway.collector(mortal(store, dies), 'demo', listening, {
    now: () => new Date(gateway.control.clock.now() + skewMs),
    clockSkewSeconds: () => -skewMs / 1000,
  })
  try {
    await collector.round()
  } catch {
    return false
  }
  for (const [name, versions] of heard) home.set(name, versions)
  return true
}

/** Each object is in the store as the console was told it, and never as it was before what was brought home. */
const checkVersions = async ({ told, home }: Model, { consoles: [{ store }] }: Real): Promise<void> => {
  const found = await versionsIn(store)
  for (const [name, version] of found) {
    const known = told.get(name) ?? []
    expect(known.slice(Math.max((home.get(name) ?? 0) - 1, 0))).toContain(version)
  }
  for (const name of home.keys()) expect(found.has(name)).toBe(true)
  expect(await tornIn(store)).toEqual([])
}

const command = (name: string, run: (model: Model, real: Real) => Promise<void>): AsyncCommand<Model, Real> => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real)
    await checkVersions(model, real)
  },
  toString: () => name,
})

const timePasses = (minutes: number) =>
  command(`${minutes} minutes pass`, async (_, { gateway }) => gateway.control.clock.advance(minutes * MINUTE))

const clockJumps = ({ which, minutes }: { which: number; minutes: number }) =>
  command(`the clock of console ${which} is off by ${minutes} minutes`, async (_, { consoles }) => {
    const console = consoles[which === 0 ? 0 : 1]
    console.skewMs = minutes * MINUTE
  })

const goodRound = (which: number) =>
  command(`console ${which} collects`, async (model, real) => {
    expect(await round(model, real, real.consoles[which === 0 ? 0 : 1])).toBe(true)
  })

const crash = ({ which, after }: { which: number; after: number }) =>
  command(`console ${which} is gone after ${after} statements`, async (model, real) => {
    const console = real.consoles[which === 0 ? 0 : 1]
    console.dies.after = after
    await round(model, real, console)
    console.dies.after = Infinity
  })

const repliesAreLost = (seed: number) =>
  command(`replies are lost or spoilt (${seed})`, async (model, real) => {
    for (const fault of randomFaults(randomOf(seed), 12, 40)) real.gateway.control.faults.add(fault)
    await round(model, real, real.consoles[0])
    real.gateway.control.faults.clear()
  })

const bothCollect = (after: number) =>
  command(`both collect at once, one is gone after ${after} statements`, async (model, real) => {
    const [first, second] = real.consoles
    second.dies.after = after
    const [isWhole] = await Promise.all([round(model, real, first), round(model, real, second)])
    second.dies.after = Infinity
    expect(isWhole).toBe(true)
  })

const somebodyDeletes = (nth: number) =>
  command(`somebody deletes object ${nth}`, async ({ removed }, { gateway }) => {
    const there = gateway.control.oracle.objects().filter(({ isDeleted }) => !isDeleted)
    const object = there[nth % Math.max(there.length, 1)]
    if (!object) return
    removed.add(object.name)
    gateway.control.statistics.remove(object.name)
  })

const consoleOn = (store: Store): Console => ({ store, dies: { after: Infinity }, skewMs: 0 })

/** Two consoles on one store; on PostgreSQL each with connections of its own. */
const setUp = async (engine: EngineName): Promise<{ model: Model; real: Real; end: () => Promise<void> }> => {
  const place = await blankPlace(engine)
  const first = await openStore(place)
  const second = engine === 'postgresql' ? await openStore(place) : first
  const gateway = await gatewayWithStatistics(WORLD)
  return {
    model: { told: new Map(), home: new Map(), removed: new Set() },
    real: { gateway, consoles: [consoleOn(first), consoleOn(second)] },
    end: async () => {
      await first.close()
      if (second !== first) await second.close()
      await gateway.end()
    },
  }
}

/** In the end all that was not deleted before it was final is there to the byte, and of the rest what was told. */
const checkEnd = async (model: Model, real: Real): Promise<void> => {
  const { gateway, consoles } = real
  const [{ store }] = consoles
  consoles[0].skewMs = 0
  // Long enough for a pause of an hour that began under a clock two hours ahead, and each round with a whole list.
  for (let rounds = 0; rounds < 4; rounds += 1) {
    gateway.control.clock.advance(61 * MINUTE)
    expect(await round(model, real, consoles[0])).toBe(true)
  }
  const found = await versionsIn(store)
  const expected = gateway.control.oracle.usage({ listedOnly: true })
  for (const name of model.removed) {
    const [put, get, uploaded, downloaded] = (found.get(name) ?? '0 0 0 0').split(' ').map(BigInt)
    expected.put += put ?? 0n
    expected.get += get ?? 0n
    expected.uploaded += uploaded ?? 0n
    expected.downloaded += downloaded ?? 0n
  }
  const { list, other, ...totals } = await totalsIn(store)
  const { list: _list, other: _other, ...sums } = expected
  expect(totals).toEqual(sums)
  expect(list + other).toBeGreaterThan(0n)
  expect(await staleRollUpsIn(store)).toBe(0)
}

describe.each(ENGINES)('two consoles, one store on %s and one gateway', (engine) => {
  test('lose nothing and count nothing twice, whatever happens in whatever order', { timeout: 1_800_000 }, async () => {
    const which = integer({ min: 0, max: 1 })
    const happenings = commands(
      [
        integer({ min: 1, max: 45 }).map(timePasses),
        which.map(goodRound),
        record({ which, after: nat({ max: 60 }) }).map(crash),
        nat().map(repliesAreLost),
        nat({ max: 60 }).map(bothCollect),
        nat({ max: 60 }).map(somebodyDeletes),
        record({ which, minutes: integer({ min: -600, max: 600 }) }).map(clockJumps),
      ],
      { maxCommands: 30, size: '+1' },
    )
    await assert(
      asyncProperty(happenings, async (made) => {
        const { model, real, end } = await setUp(engine)
        try {
          await asyncModelRun(() => ({ model, real }), made)
          await checkEnd(model, real)
        } finally {
          await end()
        }
      }),
      { numRuns: RUNS },
    )
  })
})
