import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { startConsole } from '../support/console-process.ts'
import { startSimulatorProcess } from '../support/simulator-process.ts'
import { auditChain } from './audit-chain.ts'
import { billing } from './billing.ts'
import { type Figure, table } from './figure.ts'
import { firstLoad } from './first-load.ts'
import { gatewayCall } from './gateway-call.ts'
import { history } from './history/history.ts'
import { sessionRequests } from './session-requests.ts'
import { steadyRequests } from './steady-requests.ts'
import { usersPage } from './users-page.ts'

// Measures without asserting: each figure stands beside its floor from the same run. `npm run build` comes first.

const SIZES = [
  { users: 10_000, buckets: 30_000, goalMs: 300 },
  { users: 100_000, buckets: 300_000, goalMs: 600 },
]

const figures: Figure[] = []
const report = (...measured: Figure[]): void => {
  figures.push(...measured)
  for (const { name, note, measured: value, unit, floor, compared, comparedAs, goal } of measured)
    console.error(
      `${name}${note ? `, ${note}` : ''}: ${value.toFixed(1)} ${unit}, floor ${floor.toFixed(1)}, ${compared.toFixed(2)} (${comparedAs}, ${goal})`,
    )
}
const pages = async (): Promise<void> => {
  for (const [index, { users, buckets, goalMs }] of SIZES.entries()) {
    const size = ['--users', String(users), '--buckets', String(buckets), '--months', '0', '--seed', '7']
    const simulator = await startSimulatorProcess(size)
    const running = await startConsole(simulator, { env: { LOG_LEVEL: 'warn' } })
    if (index === 0) {
      report(await gatewayCall(running, simulator))
      report(...(await firstLoad(running)))
    }
    report(...(await usersPage(running, users, goalMs)))
    await running.stop()
    await simulator.stop()
  }
}

const requests = async (): Promise<void> => {
  const simulator = await startSimulatorProcess(['--users', '100', '--months', '0', '--seed', '7'])
  const running = await startConsole(simulator, { env: { LOG_LEVEL: 'warn' } })
  report(await sessionRequests(running), await steadyRequests(running))
  await running.stop()
  await simulator.stop()
}

// `npm run bench -- history`, `-- pages`, `-- requests`, `-- audit` or `-- billing` measures that part alone.
const part = process.argv[2]
const wanted = (name: string): boolean => part === undefined || part === name
if (wanted('pages')) await pages()
if (wanted('requests')) await requests()
if (wanted('audit')) report(...(await auditChain()))
if (wanted('billing')) report(...(await billing()))
const growth = wanted('history') ? await history(report) : null

const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? '', node: process.version }
if (growth) console.log(`\n${growth}`)
console.log(`\n${table(figures)}\n\n${machine.cores} cores, ${machine.processor}, Node ${machine.node}`)
const folder = new URL('../../test-results/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(
  new URL('bench.json', folder),
  JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2),
)
