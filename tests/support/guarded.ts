import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'

// Database servers refuse to run as root; this is "nobody" on every Linux.
const UNPRIVILEGED = 65_534

/** Whom a database server belongs to: us, or nobody when we are root. */
export const OWNER: { uid?: number; gid?: number } =
  process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {}

// The shell holds the other end of a pipe from us: when we are gone, `read` ends, the server is stopped and its folder
// removed. The pipe moves to 3 because a shell gives its background jobs an empty input. Ctrl+C in a terminal goes to all of
// a group, and what the shell says of a killed server goes to nobody; who tidies up must outlive both.
const guard = (signal: string): string => `trap '' INT TERM HUP PIPE
exec 3<&0
"$@" </dev/null 3<&- & server=$!
(read -r _ <&3; kill -${signal} $server) & wait $server
rm -rf "$PWD"`

type Options = { cwd: string; env?: Record<string, string>; signal: 'QUIT' | 'KILL' }

/**
 * A server with its data in the folder `cwd`. It ends with this process, however this process ends, and its folder goes
 * with it. Resolves when its log holds `ready`.
 */
export const startGuarded = async (command: string[], ready: string, { signal, ...options }: Options) => {
  const child = spawn('sh', ['-c', guard(signal), 'sh', ...command], {
    ...OWNER,
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  await isReady(child, ready)
  return async (): Promise<void> => {
    if (child.exitCode === null) {
      const gone = once(child, 'exit')
      child.stdin.end()
      await gone
    }
    rmSync(options.cwd, { recursive: true, force: true })
  }
}

const isReady = (server: ChildProcess, text: string) =>
  new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (log.includes(text)) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(log)))
  })

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
