import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

// Two processes that restart on their own: the BFF (with the demo's gateway, unless OSTOR_ENDPOINT is set) on 8080, and
// Vite with the web app on 5173, which passes /api on to it.

const ROOT = new URL('..', import.meta.url).pathname
const children: ChildProcess[] = []
let ending = false

const end = (code: number): void => {
  if (ending) return
  ending = true
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}

const start = (words: string[], folder: string): void => {
  const child = spawn(process.execPath, words, { cwd: join(ROOT, folder), stdio: 'inherit' })
  child.on('exit', (code) => end(code ?? 0))
  children.push(child)
}

start(['--watch', '--watch-preserve-output', 'scripts/start.ts', '--no-build'], '.')
start([join(ROOT, 'node_modules/vite/bin/vite.js')], 'apps/web')
console.log('Open http://127.0.0.1:5173 once both are up; changes show by themselves.')
process.on('SIGINT', () => end(0))
process.on('SIGTERM', () => end(0))
