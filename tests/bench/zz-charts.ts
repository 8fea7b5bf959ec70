import { openStore } from '../../apps/bff/src/adapters/store/store.ts'
import { startPostgres } from '../support/postgres.ts'
import { charts } from './history/charts.ts'
import { fill } from './history/fill.ts'
import { newPlace } from './history/places.ts'

const engine = (process.argv[2] ?? 'postgresql') as 'duckdb' | 'postgresql'
const big = process.argv[3] === 'big'
const size = big
  ? { users: 10_000, buckets: 100_000, itemsPerObject: 120, days: 395 }
  : { users: 1_000, buckets: 10_000, itemsPerObject: 12, days: 395 }
const server = engine === 'postgresql' ? await startPostgres() : null
const place = await newPlace(engine, server?.url ?? '')
const store = await openStore(place)
await fill(store, size, new Date(Math.floor(Date.now() / 1_800_000) * 1_800_000))
await store.close()
for (let i = 0; i < Number(process.argv[4] ?? 1); i++)
  for (const f of await charts(place, size))
    console.log(
      f.name.padEnd(40),
      f.measured.toFixed(1).padStart(7),
      f.floor.toFixed(1).padStart(7),
      f.compared.toFixed(2),
    )
await place.remove()
await server?.stop()
process.exit(0)
