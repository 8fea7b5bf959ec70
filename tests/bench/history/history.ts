import { openStore } from '../../../apps/bff/src/adapters/store/store.ts'
import { startPostgres } from '../../support/postgres.ts'
import type { Figure } from '../figure.ts'
import { charts } from './charts.ts'
import { collecting } from './collecting.ts'
import { fill, type History, rowsIn } from './fill.ts'
import { type Engine, newPlace } from './places.ts'

/** From a small provider to the size that the console is made for: thirteen months each. */
const SIZES: History[] = [
  { users: 100, buckets: 1_000, itemsPerObject: 2, days: 395 },
  { users: 1_000, buckets: 10_000, itemsPerObject: 12, days: 395 },
  { users: 10_000, buckets: 100_000, itemsPerObject: 120, days: 395 },
]
const MILLION = 1_000_000
const ENGINES = ['duckdb', 'postgresql'] as const

type Growth = { engine: Engine; users: number; rows: number; megabytes: number; rollUpsMs: number; figures: Figure[] }

/** The history at its sizes on both stores: charts, collecting, memory and disk. */
export const history = async (report: (...figures: Figure[]) => void): Promise<string> => {
  const server = await startPostgres()
  const grown: Growth[] = []
  try {
    for (const engine of ENGINES) {
      for (const size of SIZES) {
        const place = await newPlace(engine, server.url)
        const store = await openStore(place)
        const { rollUpsMs } = await fill(store, size, new Date(Math.floor(Date.now() / 1_800_000) * 1_800_000))
        await store.close()
        const megabytes = (await place.bytes()) / MILLION
        const figures = await charts(place, size)
        await place.remove()
        grown.push({ engine, users: size.users, rows: rowsIn(size), megabytes, rollUpsMs, figures })
        console.error(`${engine}, ${size.users} users: ${rowsIn(size)} rows, ${megabytes.toFixed(0)} MB`)
        if (size === SIZES.at(-1)) report(...figures, diskOf(engine, rowsIn(size), megabytes))
      }
      report(...(await collecting(engine, server.url)))
    }
  } finally {
    await server.stop()
  }
  return growthTable(grown)
}

const diskOf = (engine: Engine, rows: number, megabytes: number): Figure => {
  const perMillion = (megabytes * MILLION) / rows
  return {
    name: 'disk for a million rows, roll-ups and indexes included',
    unit: 'MB',
    measured: perMillion,
    floor: 0,
    floorIs: '–',
    compared: perMillion,
    comparedAs: 'value',
    goal: 'none, to be seen',
    holds: true,
    note: engine,
  }
}

/** The cost at 1×, 10× and 100× of users, so that growth is seen. */
const growthTable = (grown: Growth[]): string => {
  const names = grown[0]?.figures.map(({ name }) => name) ?? []
  const head = ['', ...grown.map(({ engine, users }) => `${engine} ${users}`)]
  const rows = [
    ['rows', ...grown.map(({ rows: count }) => String(count))],
    ['MB on disk', ...grown.map(({ megabytes }) => megabytes.toFixed(0))],
    ['all roll-ups, s', ...grown.map(({ rollUpsMs }) => (rollUpsMs / 1000).toFixed(1))],
    ...names.map((name, index) => [
      `${name}, ms`,
      ...grown.map(({ figures }) => figures[index]?.measured.toFixed(1) ?? ''),
    ]),
  ]
  return [head, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
