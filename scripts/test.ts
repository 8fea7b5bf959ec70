import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { provideChromium } from '../tests/support/chromium.ts'
import { provideMariadb } from '../tests/support/mariadb.ts'
import { providePhp } from '../tests/support/php.ts'

// Everything that must hold, in the order in which a failure is cheapest to learn.

type Counts = { passed: number; failed: number; skipped: number; flaky: number }

const reports = mkdtempSync(join(tmpdir(), 'ostor-console-test-'))
const unitReport = join(reports, 'unit.json')
const browserReport = join(reports, 'browser.json')
// Many tests start processes of the console, and reading the same sources is half of what each takes to start.
const compiled = { NODE_COMPILE_CACHE: join(reports, 'compiled') }

const run = (title: string, command: string, args: string[], env: Record<string, string> = {}): boolean => {
  console.log(`\n── ${title}`)
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...compiled, ...env } }).status === 0
}

const UnitReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() })
const BrowserReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

const read = <T>(file: string, shape: z.ZodType<T>): T => shape.parse(JSON.parse(readFileSync(file, 'utf8')))

const unitCounts = (): Counts => {
  const report = read(unitReport, UnitReport)
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, flaky: 0 }
}

const browserCounts = (): Counts => {
  const { stats } = read(browserReport, BrowserReport)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, flaky: stats.flaky }
}

const chromium = provideChromium()
provideMariadb()
providePhp()

const checked = ['types', 'lint', 'boundaries', 'unused'].every((name) => run(name, 'npm', ['run', '-s', name]))
if (!checked) process.exit(1)

const unitHolds = run('unit, feature and store tests', 'vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitReport}`,
])
const fuzzHolds = run('200,000 requests made up from the description of the API', 'node', [
  'scripts/fuzz.ts',
  '--requests',
  '200000',
])
if (!run('build', 'npm', ['run', '-s', 'build'])) process.exit(1)
const browserHolds = run('browser tests', 'playwright', ['test', '-c', 'tests/e2e/playwright.config.ts'], {
  CHROMIUM_PATH: chromium,
  BROWSER_REPORT: browserReport,
})

const [unit, browser] = [unitCounts(), browserCounts()]
const sum = (name: keyof Counts): number => unit[name] + browser[name]
if (sum('flaky') > 0)
  console.log(`\n${sum('flaky')} browser tests passed only when tried again; the list above names them`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
process.exit(unitHolds && fuzzHolds && browserHolds && sum('passed') > 0 ? 0 : 1)
