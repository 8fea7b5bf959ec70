import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

const onPath = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file))

const fromPlaywright = (): string | undefined =>
  existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined

/** The browser to test with: `CHROMIUM_PATH`, the system's, or Playwright's own; `undefined` when there is none. */
const findChromium = (): string | undefined => process.env['CHROMIUM_PATH'] ?? onPath() ?? fromPlaywright()

/** Finds Chromium or installs it from where this machine can: Debian's packages as root, else Playwright's download. */
export const provideChromium = (): string => {
  const found = findChromium()
  if (found) return found
  const isRoot = process.getuid?.() === 0
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit' })
  } else {
    spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' })
  }
  const installed = findChromium()
  if (!installed)
    throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH to its program file.')
  return installed
}

/** Root may not use the sandbox of Chromium, and a test has no use for the browser's own calls home. */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
