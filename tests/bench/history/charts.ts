import { setTimeout as pause } from 'node:timers/promises'
import type { StorageGrowth } from '@ostor-console/shared/storage'
import { request } from 'undici'
import { openStore } from '../../../apps/bff/src/adapters/store/store.ts'
import { usageOf } from '../../../apps/bff/src/adapters/store/usage.ts'
import { breakdownOf } from '../../../apps/bff/src/features/usage/breakdown.ts'
import { heatMapOf } from '../../../apps/bff/src/features/usage/heat-map.ts'
import { seriesOf } from '../../../apps/bff/src/features/usage/series.ts'
import { sparklinesOf } from '../../../apps/bff/src/features/usage/sparklines.ts'
import { topOf } from '../../../apps/bff/src/features/usage/top.ts'
import { signIn, startConsole } from '../../support/console-process.ts'
import { startSimulatorProcess } from '../../support/simulator-process.ts'
import { type Figure, quantile, timed } from '../figure.ts'
import { bucketName, CLUSTER, type History, userId } from './fill.ts'
import type { Place } from './places.ts'
import { statementsOf } from './statements.ts'

const DAY = 86_400_000
const ROUNDS = 40
const WARM = 20

type Chart = {
  name: string
  goalMs: number
  days: number
  path: string
  run: (usage: Usage, range: Range) => Promise<unknown>
}
type Usage = ReturnType<typeof usageOf>
type Range = { cluster: string; from: Date; to: Date }

const NAMES = { labelOf: () => null, ownerOf: () => null }
const clock = () => ({ now: new Date(), staleAfterMs: 300_000 })
const MANY = Array.from({ length: 50 }, (_, index) => index * 7)

const ids = (nameOf: (number: number) => string): string => encodeURIComponent(JSON.stringify(MANY.map(nameOf)))

const chartsOf = (yearMs: number): Chart[] => {
  const top = { by: 'user', metric: 'traffic', limit: 9 } as const
  return [
    {
      name: 'traffic of the cluster, 7 d',
      goalMs: 100,
      days: 7,
      path: 'series?',
      run: (usage, range) => seriesOf(usage, range, clock()),
    },
    {
      name: 'traffic of the cluster, 30 d',
      goalMs: 100,
      days: 30,
      path: 'series?stepSeconds=86400',
      run: (usage, range) => seriesOf(usage, { ...range, stepSeconds: 86_400 }, clock()),
    },
    {
      name: 'traffic of a user, 7 d',
      goalMs: 100,
      days: 7,
      path: `series?userId=${userId(3)}`,
      run: (usage, range) => seriesOf(usage, { ...range, userId: userId(3) }, clock()),
    },
    {
      name: 'traffic of a bucket, 7 d',
      goalMs: 100,
      days: 7,
      path: `series?bucket=${bucketName(3)}`,
      run: (usage, range) => seriesOf(usage, { ...range, bucket: bucketName(3) }, clock()),
    },
    {
      name: 'top users, 7 d',
      goalMs: 100,
      days: 7,
      path: 'top?by=user&limit=9',
      run: (usage, range) => topOf(usage, { ...range, ...top }, NAMES, clock()),
    },
    {
      name: 'top buckets, 7 d',
      goalMs: 100,
      days: 7,
      path: 'top?by=bucket&limit=9',
      run: (usage, range) => topOf(usage, { ...range, ...top, by: 'bucket' }, NAMES, clock()),
    },
    {
      name: 'top users, 30 d',
      goalMs: 100,
      days: 30,
      path: 'top?by=user&limit=9',
      run: (usage, range) => topOf(usage, { ...range, ...top }, NAMES, clock()),
    },
    {
      name: 'split by user, 7 d',
      goalMs: 100,
      days: 7,
      path: 'breakdown?by=user',
      run: (usage, range) => breakdownOf(usage, { ...range, ...top }, NAMES, clock()),
    },
    {
      name: 'hours of the week, 7 d',
      goalMs: 100,
      days: 7,
      path: 'heat-map?',
      run: (usage, range) => heatMapOf(usage, { ...range, metric: 'traffic', timeZone: 'UTC' }, clock()),
    },
    {
      name: 'sparklines of 50 users',
      goalMs: 100,
      days: 0,
      path: `sparklines?by=user&ids=${ids(userId)}`,
      run: (usage) => sparklinesOf(usage, { cluster: CLUSTER, by: 'user', ids: MANY.map(userId) }, clock()),
    },
    {
      name: 'sparklines of 50 buckets',
      goalMs: 100,
      days: 0,
      path: `sparklines?by=bucket&ids=${ids(bucketName)}`,
      run: (usage) => sparklinesOf(usage, { cluster: CLUSTER, by: 'bucket', ids: MANY.map(bucketName) }, clock()),
    },
    {
      name: 'top users, 13 months',
      goalMs: yearMs,
      days: 394,
      path: 'top?by=user&limit=9',
      run: (usage, range) => topOf(usage, { ...range, ...top }, NAMES, clock()),
    },
    {
      name: 'traffic of the cluster, 13 months',
      goalMs: yearMs,
      days: 394,
      path: 'series?stepSeconds=604800',
      run: (usage, range) => seriesOf(usage, { ...range, stepSeconds: 604_800 }, clock()),
    },
  ]
}

type Samples = { measured: number[]; floor: number[] }

/** In turn, so that both have the same neighbours, and each goes first half of the time. */
const inPairs = async (work: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<Samples> => {
  const samples: Samples = { measured: [], floor: [] }
  for (let round = 0; round < WARM + ROUNDS; round += 1) {
    const first = round % 2 === 0 ? await timed(bare) : null
    const measured = await timed(work)
    const floor = first ?? (await timed(bare))
    if (round < WARM) continue
    samples.measured.push(measured)
    samples.floor.push(floor)
  }
  return samples
}

const PATIENCE_MS = 120_000

/** A console that has just begun samples the sizes of all buckets at once; one that is used has done so long ago. */
const untilSampled = async (url: string, cookie: string): Promise<void> => {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; await pause(250)) {
    const reply = await fetch(`${url}/api/v1/clusters/${CLUSTER}/storage/growth`, { headers: { cookie } })
    const { source }: StorageGrowth = await reply.json()
    if (source.sampledAt !== null) return
  }
  throw new Error('the sizes of the buckets are not sampled')
}

/** Each chart through the whole console, beside the very statements of its answer on the bare store, in turn. */
export const charts = async (place: Place, { users, buckets }: History): Promise<Figure[]> => {
  const now = Math.floor(Date.now() / 60_000) * 60_000
  const list = chartsOf(place.engine === 'duckdb' ? 100 : 500)
  const rangeOf = ({ days }: Chart): Range => ({
    cluster: CLUSTER,
    from: new Date(now - days * DAY),
    to: new Date(now),
  })

  const simulator = await startSimulatorProcess([
    '--users',
    String(users),
    '--buckets',
    String(buckets),
    '--months',
    '0',
  ])
  // What is measured is reading: the store is full already, and nothing is to be collected into it.
  await fetch(`${simulator.controlEndpoint}/faults`, {
    method: 'POST',
    body: JSON.stringify({ service: 'ostor-usage', status: 503 }),
  })
  const env = {
    LOG_LEVEL: 'error',
    ...(place.databaseUrl ? { DATABASE_URL: place.databaseUrl } : { DATA_DIR: place.folder }),
  }
  const twin = await place.twin()
  const running = await startConsole(simulator, { env })
  const bare = await openStore(twin)
  try {
    const { cookie } = await signIn(running)
    const ask = async (chart: Chart): Promise<void> => {
      const { from, to } = rangeOf(chart)
      const range = chart.days === 0 ? '' : `&from=${from.toISOString()}&to=${to.toISOString()}`
      const url = `${running.url}/api/v1/clusters/${CLUSTER}/usage/${chart.path}${range}`
      // Lighter than fetch, whose own work is no part of the answer's.
      const { statusCode, body } = await request(url, { headers: { cookie } })
      const text = await body.text()
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode} ${text.slice(0, 200)}`)
    }
    // The lists of users and buckets, for the names, are read once and kept.
    await fetch(`${running.url}/api/v1/clusters/${CLUSTER}/buckets`, { headers: { cookie } })
    await untilSampled(running.url, cookie)
    const figures: Figure[] = []
    for (const chart of list) {
      const replay = await statementsOf(bare, (watched) => chart.run(usageOf(watched), rangeOf(chart)))
      const { measured, floor } = await inPairs(() => ask(chart), replay)
      figures.push(figureOf(chart, place, { measured, floor }))
    }
    return figures
  } finally {
    await bare.close()
    await twin.remove()
    await running.stop()
    await simulator.stop()
  }
}

/** The time is the 95th percentile, as a page feels it; how much is on top of the store is seen in the medians. */
const figureOf = ({ name, goalMs }: Chart, { engine }: Place, { measured, floor }: Samples): Figure => {
  const p95 = quantile(measured, 0.95)
  const ratio = quantile(measured, 0.5) / quantile(floor, 0.5)
  return {
    name: `${name}, p95`,
    unit: 'ms',
    measured: p95,
    floor: quantile(floor, 0.95),
    floorIs: 'its own statements on the bare store, in turn; the ratio is of the medians',
    compared: ratio,
    comparedAs: 'ratio',
    goal: `≤ ${goalMs} ms and ≤ 1.3×`,
    holds: p95 <= goalMs && ratio <= 1.3,
    note: engine,
  }
}
