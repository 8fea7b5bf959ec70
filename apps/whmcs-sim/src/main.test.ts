import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    mariadbUrl: string
  }
}

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const run = (...options: string[]) => spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })

const post = async (address: string, body: unknown): Promise<unknown> =>
  (await fetch(address, { method: 'POST', body: JSON.stringify(body) })).json()

test('the program says in its first line where it is, serves, is steered from the side, and ends when told to', async () => {
  const program = run('--mariadb', inject('mariadbUrl'), '--database', 'whmcs_of_the_program', '--clients', '2')
  const [line] = await once(createInterface(program.stdout), 'line')
  const said = JSON.parse(String(line))
  expect(Object.keys(said)).toEqual(['url', 'controlEndpoint', 'identifier', 'secret', 'accessKey'])

  const ask = async (parameters: Record<string, string>) => {
    const form = { username: said.identifier, password: said.secret, ...parameters }
    return (await fetch(said.url, { method: 'POST', body: new URLSearchParams(form) })).text()
  }
  const note = { action: 'AddClientNote', userid: '2', notes: 'A note', sticky: 'false' }
  expect(await ask({ ...note, responsetype: 'json' })).toBe('{"result":"success","noteid":"1"}')
  // Without a type the answer has the old form; and the text "false" is true in PHP.
  expect(await ask(note)).toBe('result=success;noteid=2;')
  expect(await post(`${said.controlEndpoint}/notes`, { userid: 2 })).toMatchObject([{ id: 1, sticky: 1 }, { id: 2 }])
  await post(`${said.controlEndpoint}/set`, { allowedActions: [] })
  expect(await ask(note)).toBe('result=error;message=Invalid Permissions: API action "addclientnote" is not allowed;')
  await post(`${said.controlEndpoint}/down`, {})
  await expect(ask(note)).rejects.toThrow('fetch failed')
  await post(`${said.controlEndpoint}/up`, {})
  expect(await post(`${said.controlEndpoint}/calls`, {})).toHaveLength(3)
  expect(await post(`${said.controlEndpoint}/nothing`, {})).toMatchObject({ error: expect.stringContaining('--help') })

  program.kill('SIGTERM')
  expect(await once(program, 'exit')).toEqual([0, null])
})

test.each([
  ['a wrong option', ['--mariadb', 'mysql://127.0.0.1', '--port', '70000']],
  ['a database that is not there', ['--mariadb', 'mysql://nobody@127.0.0.1:1']],
])('%s ends it with one line and the code 2', async (_, options) => {
  const program = run(...options)
  let text = ''
  program.stderr.on('data', (piece) => {
    text += String(piece)
  })
  expect(await once(program, 'close')).toEqual([2, null])
  expect(text).toMatch(/^whmcs-sim: .+\n$/)
})
