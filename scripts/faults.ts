import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

// Loses, delays, cuts and doubles the answers to writes, and asks whether every key is known and every outcome found out.
const { values } = parseArgs({
  options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '4' } },
})
const { status } = spawnSync('vitest', ['run', 'tests/reliability/lost-answers.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_COUNT: values.count, FAULTS_SEED: values.seed },
})
process.exit(status ?? 1)
