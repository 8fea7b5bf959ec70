import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSimulator } from '@ostor-console/gateway-sim/simulator'
import { PROBLEMS } from '@ostor-console/shared/problem'
import { isTokenVerb, TOKEN_VERBS, VERBS } from '@ostor-console/shared/roles'
import type { Session } from '@ostor-console/shared/session'
import type { MadeToken } from '@ostor-console/shared/tokens'
import { expect, onTestFinished, test } from 'vitest'
import { startConsole } from '../support/console-process.ts'

const run = promisify(execFile)
const ROOT = new URL('../../', import.meta.url).pathname
const page = await readFile(join(ROOT, 'docs/api.md'), 'utf8')
const examplesIn = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)

/** A console over a simulated gateway, and a token that may do everything that a token can. */
const consoleWithToken = async () => {
  const simulator = await startSimulator({ users: 3, buckets: 3, days: 1 })
  onTestFinished(() => simulator.close())
  const running = await startConsole(simulator)
  onTestFinished(() => running.stop())
  const { url, email, password } = running
  const headers = { 'content-type': 'application/json', 'x-requested-by': 'console', origin: url }
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  })
  const { csrfToken }: Session = await signedIn.json()
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const made = await fetch(`${url}/api/v1/account/tokens`, {
    method: 'POST',
    headers: { ...headers, cookie, 'x-csrf-token': csrfToken ?? '' },
    body: JSON.stringify({ name: 'examples', verbs: TOKEN_VERBS, days: 1 }),
  })
  const { secret }: MadeToken = await made.json()
  return { simulator, running, secret }
}

/** A folder from which the types of Node are found. */
const workFolder = async (): Promise<string> => {
  await mkdir(join(ROOT, 'test-results'), { recursive: true })
  const folder = await mkdtemp(join(ROOT, 'test-results/api-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('every example of docs/api.md does what it says against a real console', async () => {
  const folder = await workFolder()
  const { simulator, running, secret } = await consoleWithToken()
  const env = { ...process.env, CONSOLE: running.url, TOKEN: secret }
  const lines = examplesIn('sh')
    .join('\n')
    .replace('https://console.example.com', running.url)
    .replace('ostor_…', secret)
  await writeFile(join(folder, 'examples.sh'), `set -eu\n${lines}`)
  const files = examplesIn('ts').map((code) => ({ name: /^\/\/ (\S+\.ts)\n/.exec(code)?.[1] ?? '', code }))
  for (const { name, code } of files) await writeFile(join(folder, name), code)

  const typescript = (name: string) => run(process.execPath, [join(folder, name)], { cwd: folder, env })
  expect((await typescript('list-users.ts')).stdout.trim().split('\n')).toHaveLength(4)
  await typescript('make-user.ts')
  expect((await typescript('make-user.ts')).stdout).toBe('there already\n')
  for (const name of ['add-key.ts', 'set-limits.ts', 'set-quota.ts']) await typescript(name)
  const user = (email: string) => simulator.control.oracle.users().find((each) => each.email === email)
  expect(user('theo@example.com')?.keys).toHaveLength(2)
  expect((await typescript('usage.ts')).stdout).toMatch(/^\d+ bytes downloaded on \d+ of \d+ days\n$/)
  expect((await typescript('make-many.ts')).stdout).toBe('2 made, 2 keys\n')
  expect(JSON.parse(await readFile(join(folder, 'new-keys.json'), 'utf8'))).toHaveLength(2)
  expect(user('vito@example.com')?.keys).toHaveLength(1)
  const done = ['client.ts', 'list-users.ts', 'make-user.ts', 'add-key.ts', 'set-limits.ts', 'set-quota.ts', 'usage.ts']
  expect(files.map(({ name }) => name)).toEqual([...done, 'make-many.ts'])

  const { stdout } = await run('bash', ['examples.sh'], { cwd: folder, env })
  expect(user('carla@example.com')?.keys).toHaveLength(2)
  expect(stdout).toContain('"get":50')
  expect(stdout).toContain('"size":100')
  expect(stdout).toMatch(/carla@example\.com.*done/)
  expect(running.output()).not.toContain(secret)
}, 120_000)

test('the examples in TypeScript have no error of types', async () => {
  const folder = await workFolder()
  const names: string[] = []
  for (const [n, code] of examplesIn('ts').entries()) {
    const name = /^\/\/ (\S+\.ts)\n/.exec(code)?.[1] ?? `${n}.ts`
    names.push(join(folder, name))
    await writeFile(join(folder, name), code)
  }
  const options = ['--noEmit', '--strict', '--allowImportingTsExtensions', '--module', 'nodenext', '--target', 'es2024']
  const { stdout } = await run(
    join(ROOT, 'node_modules/.bin/tsc'),
    [...options, '--types', 'node', '--ignoreConfig', ...names],
    {
      cwd: ROOT,
    },
  ).catch((failed: { stdout: string }) => failed)
  expect(stdout).toBe('')
})

test('docs/api.md names problems and verbs that there are', () => {
  const prose = page.replaceAll(/^```[^]*?^```$/gm, '')
  const kinds = [...prose.matchAll(/`((?:token|changed|too-many|outcome)-[a-z-]+)`/g)].map(([, kind = '']) => kind)
  expect(kinds.filter((kind) => !Object.hasOwn(PROBLEMS, kind))).toEqual([])
  const tokens = Object.keys(PROBLEMS).filter((kind) => /^token-(?!not-found|exists)/.test(kind))
  expect(tokens.filter((kind) => !kinds.includes(kind))).toEqual([])
  const verbs = [...prose.matchAll(/`([a-z]+\.[a-z]+)`/g)].map(([, verb = '']) => verb)
  expect(verbs.filter((verb) => !Object.hasOwn(VERBS, verb) || !isTokenVerb(verb))).toEqual([])
})
