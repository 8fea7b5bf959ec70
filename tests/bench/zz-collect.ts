import { execSync } from 'node:child_process'
import { startPostgres } from '../support/postgres.ts'
import { collecting } from './history/collecting.ts'

const engine = (process.argv[2] ?? 'duckdb') as 'duckdb' | 'postgresql'
const show = setInterval(() => {
  try {
    console.error(
      execSync(
        "ps -eo pid,time,rss,args --sort=-time | grep -E 'bff/src/main|gateway-sim/src/main|postgres|zz-collect' | grep -v grep | cut -c1-110 | head -7",
      ).toString(),
    )
  } catch {}
}, 4000)
const server = engine === 'duckdb' ? null : await startPostgres()
for (const f of await collecting(engine, server?.url ?? ''))
  console.log(f.name, f.measured.toFixed(1), 'floor', f.floor.toFixed(1), 'cmp', f.compared.toFixed(3))
clearInterval(show)
await server?.stop?.()
process.exit(0)
