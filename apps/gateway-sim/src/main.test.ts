import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startSimulator } from './simulator.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

const run = (...options: string[]) => spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })

test('the program says in its first line where it is, serves, and ends when told to', async () => {
  const program = run('--users', '3')
  const [line] = await once(createInterface(program.stdout), 'line')
  const said = JSON.parse(String(line))
  expect(Object.keys(said)).toEqual(['endpoint', 'accessKeyId', 'secretAccessKey', 'controlEndpoint'])
  const users = await (await fetch(`${said.controlEndpoint}/oracle/users`)).json()
  expect(users).toMatchObject([{ keys: [{ id: said.accessKeyId, secret: said.secretAccessKey }] }, {}, {}, {}])
  program.kill('SIGTERM')
  expect(await once(program, 'exit')).toEqual([0, null])
})

test.each([
  ['a wrong option', () => ['--seed', 'x'], /^simulator: seed is x, but must be .*\n$/],
  ['a taken port', (port: string) => ['--port', port], /^simulator: .*address already in use.*\n$/],
])('%s ends it with one line and the code 2', async (_name, options, line) => {
  const other = await startSimulator({ days: 0 })
  const program = run(...options(new URL(other.endpoint).port))
  let text = ''
  program.stderr.on('data', (piece) => {
    text += String(piece)
  })
  expect(await once(program, 'close')).toEqual([2, null])
  expect(text).toMatch(line)
  await other.close()
})
