import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const ROOT = new URL('..', import.meta.url).pathname
const SOURCES = [
  'apps/web/src',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'packages/shared/src',
  'package-lock.json',
]
const BUILT = join(ROOT, 'apps/web/dist/index.html')

const newest = async (path: string): Promise<number> => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0
  const files = await readdir(path, { recursive: true, withFileTypes: true })
  const times = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs)
  return Math.max(0, ...times)
}

const isCurrent = async (): Promise<boolean> => {
  if (!existsSync(BUILT)) return false
  const times = await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))))
  return Math.max(...times) <= statSync(BUILT).mtimeMs
}

/** Builds the web app, unless what is built is as new as its sources, or Vite serves it (`--no-build`). */
export const buildWeb = async (): Promise<void> => {
  if (process.argv.includes('--no-build') || (await isCurrent())) return
  console.log('Building the web app …')
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps/web'),
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('The web app could not be built; the lines above say why.')
}
