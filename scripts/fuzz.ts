import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

// Asks the API for everything that its description allows and much that it forbids, and checks every answer.
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '1000' }, seed: { type: 'string', default: '5' } },
})
const { status } = spawnSync('vitest', ['run', 'tests/reliability/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_REQUESTS: values.requests, FUZZ_SEED: values.seed },
})
process.exit(status ?? 1)
