import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

// Kills the collector's process at every numbered step, and then at random, and compares with what the gateway reported.
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, store: { type: 'string', default: 'duckdb,postgresql' } },
})
const { status } = spawnSync('vitest', ['run', 'tests/reliability/collector-killed.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, CRASH_KILLS: values.kills, CRASH_STORES: values.store },
})
process.exit(status ?? 1)
