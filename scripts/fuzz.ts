import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

// Asks the API for everything that its description allows and much that it forbids, and checks every answer. Each process
// has a console of its own and its own seed, since an answer is compared with what reached the gateway meanwhile.
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000' },
    // A slow machine then asks fewer.
    minutes: { type: 'string' },
    seed: { type: 'string', default: '5' },
    processes: { type: 'string', default: '2' },
    // A statement of PostgreSQL takes a third of the time of one of the embedded store.
    store: { type: 'string', default: 'postgresql' },
  },
})
if (values.minutes !== undefined && !(Number(values.minutes) > 0))
  throw new Error(`--minutes ${values.minutes}: must be a number above 0`)
const processes = Number(values.processes)
const each = Math.ceil(Number(values.requests) / processes)

const run = async (seed: number): Promise<number> => {
  const child = spawn('vitest', ['run', 'tests/reliability/fuzz/fuzz.test.ts'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      FUZZ_REQUESTS: String(each),
      FUZZ_SEED: String(seed),
      FUZZ_STORE: values.store,
      ...(values.minutes !== undefined && { FUZZ_MINUTES: values.minutes }),
    },
  })
  const [status] = await once(child, 'exit')
  return Number(status ?? 1)
}

const ended = await Promise.all(Array.from({ length: processes }, (_, n) => run(Number(values.seed) + n)))
process.exit(ended.every((status) => status === 0) ? 0 : 1)
