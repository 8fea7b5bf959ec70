import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { startConsole } from '../support/console-process.ts'
import { startSimulatorProcess } from '../support/simulator-process.ts'
import { auditChain } from './audit-chain.ts'
import { billing } from './billing.ts'
import { browser } from './browser.ts'
import { type Figure, table } from './figure.ts'
import { gatewayCall } from './gateway-call.ts'
import { history } from './history/history.ts'
import { lighthouse } from './lighthouse.ts'
import { sessionRequests } from './session-requests.ts'
import { steadyRequests } from './steady-requests.ts'

// Measures without asserting: each figure stands beside its floor from the same run. `npm run build` comes first.

const figures: Figure[] = []
const report = (...measured: Figure[]): void => {
  figures.push(...measured)
  for (const { name, note, measured: value, unit, floor, compared, comparedAs, goal } of measured)
    console.error(
      `${name}${note ? `, ${note}` : ''}: ${value.toFixed(1)} ${unit}, floor ${floor.toFixed(1)}, ${compared.toFixed(2)} (${comparedAs}, ${goal})`,
    )
}
const requests = async (): Promise<void> => {
  const simulator = await startSimulatorProcess(['--users', '100', '--months', '0', '--seed', '7'])
  const running = await startConsole(simulator, { env: { LOG_LEVEL: 'warn' } })
  report(await gatewayCall(running, simulator), await sessionRequests(running), await steadyRequests(running))
  await running.stop()
  await simulator.stop()
}

// `npm run bench -- history`, `-- browser`, `-- lighthouse`, `-- requests`, `-- audit` or `-- billing` measures that part alone.
const part = process.argv[2]
const wanted = (name: string): boolean => part === undefined || part === name
if (wanted('browser')) await browser(report)
if (wanted('lighthouse')) await lighthouse(report)
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
