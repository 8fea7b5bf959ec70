import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { provideChromium } from '../tests/support/chromium.ts'
import { provideMariadb } from '../tests/support/mariadb.ts'
import { providePhp } from '../tests/support/php.ts'

// Everything that must hold, in the order in which a failure is cheapest to learn.

type Counts = { passed: number; failed: number; skipped: number; flaky: number }

/** Whether tests may use a folder in memory, as they write many stores that nobody keeps: with room, and where programs may run. */
const isGood = (folder: string): boolean => {
  const needed = 8 * 2 ** 30
  const { bavail, bsize } = statfsSync(folder)
  const program = join(folder, 'program')
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
  return bavail * bsize > needed && process.availableMemory() > needed && spawnSync(program).status === 0
}

const ownFolder = (): string => {
  try {
    const folder = mkdtempSync('/dev/shm/ostor-console-test-')
    if (isGood(folder)) return folder
    rmSync(folder, { recursive: true })
  } catch {
    // Not every system has it, or lets everybody write there.
  }
  return mkdtempSync(join(tmpdir(), 'ostor-console-test-'))
}

const temporary = ownFolder()
// The databases run as somebody who owns nothing.
chmodSync(temporary, 0o755)
process.env['TMPDIR'] = temporary
let running: ChildProcess | null = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    running?.kill(signal)
    process.exit(1)
  })
process.on('exit', () => {
  try {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
  } catch (error) {
    console.warn(`${temporary} could not be removed: ${String(error)}`)
  }
})

const unitReport = join(temporary, 'unit.json')
const browserReport = join(temporary, 'browser.json')
// Many tests start processes of the console, and reading the same sources is half of what each takes to start.
const compiled = { NODE_COMPILE_CACHE: join(temporary, 'compiled') }

const broken: string[] = []
const run = async (title: string, command: string, args: string[], env = {}): Promise<boolean> => {
  console.log(`\n── ${title}`)
  running = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...compiled, ...env } })
  const [status, signal] = await once(running, 'exit')
  if (status !== 0) broken.push(`${title} (${signal ?? `exit code ${status}`})`)
  return status === 0
}

const UnitReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})
const BrowserReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

const read = <T>(file: string, shape: z.ZodType<T>): T => shape.parse(JSON.parse(readFileSync(file, 'utf8')))

const unitCounts = (): Counts => {
  const report = read(unitReport, UnitReport)
  // A process that ends in the middle of a file leaves tests that neither passed nor failed.
  for (const { name, message, assertionResults } of report.testResults) {
    const others = assertionResults.filter(({ status }) => status !== 'passed')
    for (const { fullName, status } of others) console.log(`${status}: ${name}: ${fullName}`)
    if (message !== '') console.log(`${name}: ${message.slice(0, 500)}`)
  }
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, flaky: 0 }
}

const browserCounts = (): Counts => {
  const { stats } = read(browserReport, BrowserReport)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, flaky: stats.flaky }
}

const chromium = provideChromium()
provideMariadb()
providePhp()

for (const name of ['types', 'lint', 'boundaries', 'unused'])
  if (!(await run(name, 'npm', ['run', '-s', name]))) process.exit(1)

// What is made up on PostgreSQL comes next, and many times as much.
await run(
  'unit, feature and store tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  { FUZZ_REQUESTS: '300' },
)
await run('up to 200,000 requests made up from the description of the API', 'node', [
  'scripts/fuzz.ts',
  '--requests',
  '200000',
  '--minutes',
  '6',
])
if (!(await run('build', 'npm', ['run', '-s', 'build']))) process.exit(1)
await run('browser tests', 'playwright', ['test', '-c', 'tests/e2e/playwright.config.ts'], {
  CHROMIUM_PATH: chromium,
  BROWSER_REPORT: browserReport,
})

const [unit, browser] = [unitCounts(), browserCounts()]
const sum = (name: keyof Counts): number => unit[name] + browser[name]
if (sum('flaky') > 0)
  console.log(`\n${sum('flaky')} browser tests passed only when tried again; the list above names them`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
for (const title of broken) console.log(`failed: ${title}`)
process.exit(broken.length === 0 && sum('passed') > 0 ? 0 : 1)
