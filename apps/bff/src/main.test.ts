import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@ostor-console/gateway-sim/simulator'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Secret } from './adapters/gateway/secret.ts'
import { createSealer } from './adapters/store/sealed.ts'
import { secondFactorsOf } from './adapters/store/second-factors.ts'
import { openStore } from './adapters/store/store.ts'

const started = new Set<ChildProcess>()
let gateway: Record<string, string> = {}
let close = async () => {}

beforeAll(async () => {
  const simulator = await startSimulator({ users: 2, buckets: 2, days: 1 })
  close = simulator.close
  gateway = {
    OSTOR_ENDPOINT: simulator.endpoint,
    OSTOR_ACCESS_KEY_ID: simulator.accessKeyId,
    OSTOR_SECRET_ACCESS_KEY: simulator.secretAccessKey,
  }
})

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await close()
})

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'ostor-console-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** Nothing of this process but where programs are, and what of them is compiled already. */
const { PATH, NODE_COMPILE_CACHE } = process.env
const kept = { PATH, NODE_COMPILE_CACHE }

const program = (file: string, args: string[], env: Record<string, string>, stdin = '') => {
  const path = new URL(file, import.meta.url).pathname
  const child = spawn(process.execPath, [path, ...args], { env: { ...kept, ...env } })
  started.add(child)
  let text = ''
  const keep = (chunk: unknown) => {
    text += String(chunk)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.end(stdin)
  const ended = once(child, 'close').then(([code]) => ({ code, text }))
  const says = (words: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = words.exec(text)
        if (found) resolve(found)
      }
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`it ended before it said ${words}:\n${text}`)))
      look()
    })
  return { child, ended, says }
}

const consoleOn = async (dataDir: string, env = {}) => {
  const running = program('main.ts', [], { ...gateway, PORT: '0', DATA_DIR: dataDir, ...env })
  const [, url = ''] = await running.says(/listens on (\S+)/)
  return { ...running, url }
}

const createAdmin = (dataDir: string, args: string[], stdin = 'a long enough password\n') =>
  program('admin.ts', ['create', ...args], { DATA_DIR: dataDir }, stdin).ended

/** Starts in vain; answers what was said. */
const refusal = async (env: Record<string, string>) => {
  const { code, text } = await program('main.ts', [], { ...gateway, PORT: '0', ...env }).ended
  expect({ code, lines: text.trim().split('\n').length }).toEqual({ code: 2, lines: 1 })
  return text
}

describe('the console as a program', () => {
  test('prints where it listens and how to make the first admin, and stops when it is told to', async () => {
    const { url, child, says, ended } = await consoleOn(await folder())
    const [, code = ''] = await says(/\/setup#(\S+)/)
    expect(code).toMatch(/^[\w-]{24}$/)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
  })

  test('keeps the key it made, where only its user reads it', async () => {
    const dataDir = await folder()
    const path = join(dataDir, 'secret-key')
    const first = await consoleOn(dataDir)
    const key = await readFile(path, 'utf8')
    first.child.kill('SIGTERM')
    await first.ended
    const second = await consoleOn(dataDir)
    expect(await readFile(path, 'utf8')).toBe(key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    second.child.kill('SIGTERM')
    expect((await second.ended).text).not.toContain(key)
  })

  test.each([
    ['a setting that is missing', { OSTOR_ENDPOINT: '' }, 'OSTOR_ENDPOINT is missing'],
    ['a setting that is wrong', { PORT: 'http' }, 'PORT is "http", but must be a port from 0 to 65535'],
    ['a key that is too short', { SECRET_KEY: 'canary-short' }, 'SECRET_KEY is set, but must have at least 32'],
  ])('says %s in one line', async (_, env, line) => {
    const text = await refusal(env)
    expect(text).toContain(line)
    expect(text).not.toContain('canary')
  })

  test('does not start with another key than the one that sealed what is in the store, until it is told the old one', async () => {
    const dataDir = await folder()
    const store = await openStore({ folder: dataDir })
    const [old, next] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
    const factors = secondFactorsOf(store, createSealer(Secret.of(old)))
    await factors.begin('ada', 'JBSWY3DPEHPK3PXP', new Date())
    await store.close()

    const refused = await refusal({ DATA_DIR: dataDir, SECRET_KEY: next })
    expect(refused).toContain('SECRET_KEY is not the key of this store: 1 secrets')
    const { child, ended } = await consoleOn(dataDir, { SECRET_KEY: next, SECRET_KEY_OLD: old })
    child.kill('SIGTERM')
    expect((await ended).text).toContain('SECRET_KEY_OLD is not needed any more')
    const env = { DATA_DIR: dataDir, SECRET_KEY: next }
    const forget = await program('admin.ts', ['forget-second-factor', '--email', 'x@example.com'], env).ended
    expect(forget).toEqual({ code: 2, text: 'There is no admin x@example.com\n' })
    expect(await program('rekey.ts', [], env).ended).toEqual({
      code: 0,
      text: 'Sealed 0 secrets anew. SECRET_KEY_OLD is not needed any more.\n',
    })
  })

  test('says a taken port, a folder in use and a demo’s folder in one line', async () => {
    const dataDir = await folder()
    const demo = await folder()
    await writeFile(join(demo, 'demo-world.json'), '{}')
    const { url } = await consoleOn(dataDir)
    expect(await refusal({ DATA_DIR: await folder(), PORT: new URL(url).port })).toContain(
      'is taken by another program',
    )
    expect(await refusal({ DATA_DIR: dataDir })).toContain('is in use by')
    expect(await refusal({ DATA_DIR: demo })).toContain('holds the invented data of the demo')
  })
})

describe('npm run admin', () => {
  test('makes an admin who can sign in, and says when there is one already', async () => {
    const dataDir = await folder()
    expect(await createAdmin(dataDir, ['--email', 'ada@example.com'])).toMatchObject({ code: 0 })
    const again = await createAdmin(dataDir, ['--email', 'ADA@example.com'])
    expect(again).toEqual({ code: 2, text: 'There is an admin ADA@example.com already\n' })

    const { url } = await consoleOn(dataDir)
    const reply = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-by': 'console', origin: url },
      body: JSON.stringify({ email: 'ada@example.com', password: 'a long enough password' }),
    })
    expect(await reply.json()).toMatchObject({ state: 'signed-in', admin: { email: 'ada@example.com' } })
  })

  test('says in one line what is wrong', async () => {
    const dataDir = await folder()
    const short = await createAdmin(dataDir, ['--email', 'ada@example.com'], 'short')
    expect(short).toEqual({ code: 2, text: 'The password must have at least 15 characters\n' })
    expect((await createAdmin(dataDir, ['--email', 'ada'])).text).toBe('--email must be an e-mail address\n')
    const none = await createAdmin(dataDir, ['--email', 'ada@example.com', '--password-file', '/nowhere'])
    expect(none.text).toBe('--password-file: /nowhere cannot be read\n')
    await consoleOn(dataDir)
    expect((await createAdmin(dataDir, ['--email', 'ada@example.com'])).text).toContain('is in use by')
  })

  test('takes no password as an argument', async () => {
    const { code, text } = await createAdmin(await folder(), [
      '--email',
      'ada@example.com',
      '--password',
      'canary-password',
    ])
    expect(code).toBe(2)
    expect(text).toContain('Usage:')
  })
})

const run = (file: string, dataDir: string, args: string[]) => program(file, args, { DATA_DIR: dataDir }).ended

describe('the commands beside it', () => {
  test('back up and restore a stopped store, and say in one line why not', async () => {
    const [dataDir, restored, backups] = [await folder(), await folder(), await folder()]
    await createAdmin(dataDir, ['--email', 'ada@example.com'])
    const to = join(backups, 'one')
    expect(await run('backup.ts', dataDir, ['--to', to])).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^Backed up \d+ rows of \d+ tables into .*\n$/),
    })
    expect((await run('backup.ts', dataDir, ['--to', to])).text).toMatch(/^[^\n]*is not empty[^\n]*\n$/)
    expect(await run('restore.ts', restored, ['--from', to])).toMatchObject({ code: 0 })
    expect(await run('restore.ts', restored, ['--from', to])).toMatchObject({
      code: 2,
      text: expect.stringMatching(/^The store is not empty[^\n]*\n$/),
    })
    expect((await run('restore.ts', restored, ['--from', backups])).text).toMatch(/^[^\n]*holds no backup[^\n]*\n$/)
    expect((await createAdmin(restored, ['--email', 'ada@example.com'])).text).toContain('There is an admin')
    expect(await run('recount.ts', restored, ['--day', '2026-11-01'])).toEqual({
      code: 1,
      text: 'The store knows no cluster "default". It knows: none.\n',
    })
    for (const file of ['backup.ts', 'restore.ts', 'recount.ts'])
      expect(await run(file, dataDir, ['--nonsense'])).toMatchObject({
        code: 2,
        text: expect.stringContaining('Usage:'),
      })

    await consoleOn(dataDir)
    const locked = await run('backup.ts', dataDir, ['--to', join(backups, 'two')])
    expect(locked.text).toMatch(/^The data folder .* is in use by .*set BACKUP_DIR[^\n]*\n$/)
  })

  test('the console backs up by itself where it is told to', async () => {
    const [dataDir, backups] = [await folder(), await folder()]
    const { says } = await consoleOn(dataDir, { BACKUP_DIR: backups })
    await says(/backed up and verified/)
    const [name = ''] = await readdir(backups)
    expect(await readdir(join(backups, name))).toContain('manifest.json')
  })
})
