import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '@ostor-console/shared/collector'
import { appendRows } from '../../../apps/bff/src/adapters/store/append-rows.ts'
import { openStore } from '../../../apps/bff/src/adapters/store/store.ts'
import { signIn, startConsole } from '../../support/console-process.ts'
import { startSimulatorProcess } from '../../support/simulator-process.ts'
import { type Figure, timed } from '../figure.ts'
import { CLUSTER } from './fill.ts'
import { type Engine, newPlace } from './places.ts'
import { readingAlone } from './reading.ts'

const OBJECTS = 10_000
const ITEMS = 120
const ROWS_AT_ONCE = 20_000
const BULK_ROWS = 400_000

/** Rows of the same shape into the same table with nothing else to do. */
const bareInsert = async (engine: Engine, server: string): Promise<number> => {
  const place = await newPlace(engine, server)
  const store = await openStore(place)
  const rows = Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({
    cluster_id: CLUSTER,
    user_id: (index % 997).toString(16).padStart(16, '0'),
    bucket: `bucket-${index % 5003}`,
    epoch: 1n,
    tag: '',
    object_no: BigInt(Math.floor(index / ITEMS)),
    started_at: new Date(1_790_000_000_000 + Math.floor(index / ITEMS) * 900_000),
    put_ops: BigInt(index % 100),
    get_ops: BigInt(index % 500),
    list_ops: 1n,
    other_ops: 2n,
    uploaded_bytes: BigInt(index) * 7919n,
    downloaded_bytes: BigInt(index) * 104_729n,
  }))
  const before = performance.now()
  for (let done = 0; done < BULK_ROWS; done += ROWS_AT_ONCE)
    await store.transaction((tx) => appendRows(tx, 'usage_rows', rows))
  const seconds = (performance.now() - before) / 1000
  await store.close()
  await place.remove()
  return BULK_ROWS / seconds
}

/** The most memory that a process ever had, in MiB. */
const peakOf = (pid: number): number => {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

/** A backlog of ten thousand objects through the whole console, whose pages are asked meanwhile. */
export const collecting = async (engine: Engine, server: string): Promise<Figure[]> => {
  const floor = await bareInsert(engine, server)
  const place = await newPlace(engine, server)
  const days = Math.ceil(OBJECTS / 96)
  const simulator = await startSimulatorProcess([
    '--users',
    '2000',
    '--buckets',
    '20000',
    '--days',
    String(days),
    '--services',
    '2',
    '--items-per-object',
    String(ITEMS),
    '--silent-periods',
    '0',
  ])
  const env = {
    LOG_LEVEL: 'error',
    ...(place.databaseUrl ? { DATABASE_URL: place.databaseUrl } : { DATA_DIR: place.folder }),
  }
  const running = await startConsole(simulator, { env })
  const { cookie } = await signIn(running)
  const status = async (): Promise<Collector> =>
    (
      await fetch(`${running.url}/api/v1/clusters/${CLUSTER}/usage/collector`, { headers: { cookie } })
    ).json() as Promise<Collector>
  const before = performance.now()
  const waits: number[] = []
  let found = await status()
  while (found.state !== 'up-to-date' || found.objectsStored < OBJECTS) {
    if (found.state === 'failing' || found.state === 'store-failing') throw new Error(String(found.detail))
    waits.push(await timed(() => fetch(`${running.url}/api/v1/clusters/${CLUSTER}/users`, { headers: { cookie } })))
    await wait(250)
    // As often as the page of a collector that catches up, and towards the end so often that it is not found late.
    if (waits.length % 8 === 0 || found.objectsStored > OBJECTS * 0.8) found = await status()
  }
  const seconds = (performance.now() - before) / 1000
  const memory = peakOf(running.pid)
  await running.stop()
  const read = await readingAlone(simulator, OBJECTS)
  await simulator.stop()

  const store = await openStore(place)
  const { rows } = await store.db
    .selectFrom('usage_rows')
    .select(({ fn }) => fn.countAll<bigint>().as('rows'))
    .executeTakeFirstOrThrow()
  await store.close()
  await place.remove()
  const perSecond = found.objectsStored / seconds
  const rowsPerSecond = Number(rows) / seconds
  waits.sort((a, b) => a - b)
  const note = engine
  return [
    {
      name: 'objects a second through a backlog',
      unit: '/s',
      measured: perSecond,
      floor: floor / ITEMS,
      floorIs: 'the bare insert, in objects',
      compared: perSecond,
      comparedAs: 'value',
      goal: '≥ 200 /s',
      holds: perSecond >= 200,
      note,
    },
    {
      name: 'rows a second through a backlog',
      unit: '/s',
      measured: rowsPerSecond,
      floor,
      floorIs: 'the bare bulk insert',
      compared: rowsPerSecond / floor,
      comparedAs: 'ratio',
      goal: '≥ 0.5',
      holds: rowsPerSecond / floor >= 0.5,
      note,
    },
    {
      name: 'rows a second of reading alone, with nothing stored',
      unit: '/s',
      measured: read,
      floor,
      floorIs: 'the bare bulk insert',
      compared: read / floor,
      comparedAs: 'ratio',
      goal: 'none, to be seen',
      holds: true,
      note,
    },
    {
      name: 'memory of the BFF through a backlog',
      unit: 'MiB',
      measured: memory,
      floor: 0,
      floorIs: '–',
      compared: memory,
      comparedAs: 'value',
      goal: '≤ 400 MiB',
      holds: memory <= 400,
      note,
    },
    {
      name: 'users list meanwhile, p95',
      unit: 'ms',
      measured: waits[Math.floor(waits.length * 0.95)] ?? 0,
      floor: waits[Math.floor(waits.length / 2)] ?? 0,
      floorIs: 'its own median',
      compared: waits[Math.floor(waits.length * 0.95)] ?? 0,
      comparedAs: 'value',
      goal: '≤ 300 ms',
      holds: (waits[Math.floor(waits.length * 0.95)] ?? 0) <= 300,
      note,
    },
  ]
}
