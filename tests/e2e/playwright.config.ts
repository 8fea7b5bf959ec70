import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, provideChromium } from '../support/chromium.ts'

const report = process.env['BROWSER_REPORT']

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/browser',
  // Each has one console, one signed-in admin and one simulator, which its tests share the way an admin's day does.
  workers: 2,
  fullyParallel: false,
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: {
      pathTemplate: '{testDir}/looks/{arg}{ext}',
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
      threshold: 0.006,
    },
  },
  // The pictures were taken on Linux; elsewhere the same letters have other edges.
  ignoreSnapshots: process.platform !== 'linux',
  forbidOnly: Boolean(process.env['CI']),
  // A stall of a shared machine is told apart from a fault by a second try; what needed one is listed as flaky.
  retries: process.env['CI'] ? 2 : 0,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: { executablePath: provideChromium(), args: CHROMIUM_ARGS },
    // Recording takes as much of the processor as the test itself; `--trace on` records where nothing is tried again.
    trace: 'on-first-retry',
  },
})
