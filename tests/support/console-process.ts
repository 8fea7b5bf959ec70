import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './guarded.ts'

const ROOT = new URL('../..', import.meta.url).pathname

/** As docs/operations.md starts it. */
const NODE_ARGUMENTS = ['--max-semi-space-size=16']
const NODE_ENV = { MALLOC_ARENA_MAX: '2' }

export type GatewayAddress = { endpoint: string; accessKeyId: string; secretAccessKey: string }

export type ConsoleProcess = {
  url: string
  email: string
  password: string
  folder: string
  pid: number
  /** What the process wrote to stdout and stderr so far. */
  output(): string
  stop(): Promise<void>
  /** At once, in the middle of whatever it does; its folder stays. */
  kill(): Promise<void>
}

const untilAlive = async (url: string, child: ChildProcess, output: () => string): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the console ended before it listened:\n${output()}`)
    const alive = await fetch(`${url}/livez`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (alive) return
    await wait(50)
  }
  throw new Error(`the console does not listen:\n${output()}`)
}

const ports = new Set<string>()

/** Whether an address is that of a console which was started here. */
export const isConsole = (address: string): boolean => ports.has(URL.parse(address)?.port ?? '')

type Options = {
  env?: Record<string, string>
  withAdmin?: boolean
  /** Of one that was killed. */
  folder?: string
}

/** Runs the real BFF as a process of its own over `gateway`, with one admin, and with a fresh store unless it gets a folder. */
export const startConsole = async (
  gateway: GatewayAddress,
  { env = {}, folder = mkdtempSync(join(tmpdir(), 'ostor-console-')), withAdmin = true }: Options = {},
): Promise<ConsoleProcess> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  ports.add(String(port))
  const [email, password] = ['ada@provider.example', 'correct horse battery staple']
  const settings = {
    ...process.env,
    ...NODE_ENV,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: folder,
    OSTOR_ENDPOINT: gateway.endpoint,
    OSTOR_ACCESS_KEY_ID: gateway.accessKeyId,
    OSTOR_SECRET_ACCESS_KEY: gateway.secretAccessKey,
    ...env,
  }
  if (withAdmin) {
    const passwordFile = join(folder, 'password')
    writeFileSync(passwordFile, password, { mode: 0o600 })
    const words = ['apps/bff/src/admin.ts', 'create', '--email', email, '--password-file', passwordFile]
    execFileSync(process.execPath, words, { cwd: ROOT, env: settings, stdio: 'pipe' })
    rmSync(passwordFile)
  }
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, 'apps/bff/src/main.ts'], {
    cwd: ROOT,
    env: settings,
    stdio: 'pipe',
  })
  let written = ''
  const keep = (chunk: unknown): void => {
    written += String(chunk)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  await untilAlive(url, child, () => written)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return {
    url,
    email,
    password,
    folder,
    pid: child.pid ?? 0,
    output: () => written,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type SignedIn = { cookie: string; headers: Record<string, string> }

/** Signs in as the browser does, without one. */
export const signIn = async ({ url, email, password }: ConsoleProcess): Promise<SignedIn> => {
  const headers = { 'content-type': 'application/json', 'x-requested-by': 'console', origin: url }
  const reply = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  })
  if (!reply.ok) throw new Error(`sign-in was refused: ${reply.status} ${await reply.text()}`)
  const { csrfToken } = (await reply.json()) as { csrfToken: string }
  const cookie = reply.headers.getSetCookie().map((line) => line.split(';')[0])[0] ?? ''
  return { cookie, headers: { ...headers, cookie, 'x-csrf-token': csrfToken } }
}
