import { expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { addonParts, OLD_KEY, signedHeaders } from '../../../test/whmcs-addon.ts'
import { CLUSTER, world } from '../../../test/world.ts'
import { addonContactOf } from '../../adapters/store/addon-contact.ts'
import { addMessages } from '../../adapters/store/message-writing.ts'
import { saveWhmcsFacts } from '../../adapters/store/whmcs-facts.ts'

const QUEUE = '/api/v1/whmcs/addon/queue'
const REPORT = '/api/v1/whmcs/addon/report'
const JSON_TYPE = { 'content-type': 'application/json' }

const withAddon = async () => {
  const { now, later } = testClock(Date.UTC(2026, 10, 2, 8))
  const here = await world({ now, parts: { addon: addonParts([]) } })
  const ask = async (method: 'GET' | 'POST', url: string, body = '', headers = {}) => {
    const signed = signedHeaders({ method, url, body }, now())
    const write = method === 'POST' ? { payload: body, headers: { ...signed, ...JSON_TYPE, ...headers } } : {}
    return here.app.inject({ method, url, headers: { ...signed, ...headers }, ...write })
  }
  return { ...here, now, later, ask }
}

const said = (reply: { statusCode: number; json: () => { type: string; detail: string } }) =>
  reply.statusCode === 200 ? 'taken' : `${reply.json().type.replace('/problems/', '')}: ${reply.json().detail}`

test('the addon is believed only for what it signed itself, just now, for the first time', async () => {
  const { app, ask, now, admin, store } = await withAddon()
  const send = (headers: Record<string, string>, url = QUEUE) => app.inject({ method: 'GET', url, headers })
  const request = { method: 'GET', url: QUEUE }
  const good = signedHeaders(request, now())

  expect(said(await send({}))).toBe('addon-refused: It has no signature of the addon.')
  expect(said(await send({ ...good, 'x-ostor-key': 'key-2024' }))).toContain('The key id is not known')
  expect(said(await send({ ...good, 'x-ostor-key': OLD_KEY.id }))).toContain('The signature does not hold')
  for (const [name, value] of Object.entries({ time: '1790000000', nonce: 'f'.repeat(32), signature: '0'.repeat(64) }))
    expect(said(await send({ ...good, [`x-ostor-${name}`]: value }))).toContain('The signature does not hold')
  expect(said(await send(good, '/api/v1/whmcs/addon/usage'))).toContain('The signature does not hold')
  for (const seconds of [-121, 121])
    expect(said(await send(signedHeaders(request, new Date(now().getTime() + 1000 * seconds))))).toContain('The clocks')
  expect(said(await send(signedHeaders({ ...request, body: 'x' }, now())))).toContain('The body is not the one')
  expect(said(await send(good))).toBe('taken')
  expect(said(await send(good))).toBe('addon-refused: It was asked before.')
  expect(said(await send(signedHeaders(request, now(), OLD_KEY)))).toBe('taken')

  const body = JSON.stringify({ results: [] })
  expect(said(await ask('POST', REPORT, body))).toBe('taken')
  const other = signedHeaders({ method: 'POST', url: REPORT, body }, now())
  const changed = {
    method: 'POST',
    url: REPORT,
    headers: { ...other, ...JSON_TYPE },
    payload: '{"results":[ ]}',
  } as const
  expect(said(await app.inject(changed))).toContain('The body is not the one')

  // Neither a person nor what they hold opens these, and the addon opens nothing else.
  expect((await admin('GET', QUEUE)).statusCode).toBe(401)
  expect((await admin('POST', REPORT, { results: [] })).statusCode).toBe(401)
  const users = `${CLUSTER}/users`
  expect((await send(signedHeaders({ method: 'GET', url: users }, now()), users)).statusCode).toBe(401)
  expect(JSON.stringify(await store.db.selectFrom('used_sign_ins').selectAll().execute())).not.toContain(
    good['x-ostor-nonce'],
  )
})

test('messages go by the addon only in its mode, and nobody else takes what it has taken', async () => {
  const { ask, store, now, later } = await withAddon()
  const take = async () => (await ask('POST', QUEUE, '{}')).json().items
  const report = async (...results: object[]) => (await ask('POST', REPORT, JSON.stringify({ results }))).json().taken
  const stateOf = async (id: string) =>
    store.db.selectFrom('whmcs_messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const [id = '', next = ''] = await store.transaction((tx) =>
    addMessages(
      tx,
      [
        { kind: 'note.add', mark: 'k', clientId: 7, text: 'A key' },
        { kind: 'usage.set', clientId: 7, text: 'Usage', serviceId: 3, diskMegabytes: 5, trafficMegabytes: 6 },
      ],
      now(),
    ),
  )
  expect(await take()).toEqual([])
  await saveWhmcsFacts(store, { mode: 'addon', linkFieldId: null })
  expect((await ask('GET', QUEUE)).json()).toEqual({ waiting: 2 })
  expect((await stateOf(id)).state).toBe('queued')
  const [first, second, ...none] = await take()
  expect([first, second, none]).toMatchObject([
    { id, kind: 'note.add', clientId: 7, text: `A key\n[ostor-dash:k:${id}]`, service: null },
    { id: next, kind: 'usage.set', service: { id: 3, diskMegabytes: 5, trafficMegabytes: 6 } },
    [],
  ])
  expect(await take()).toEqual([])
  expect((await addonContactOf(store).last())?.getTime()).toBe(now().getTime())

  expect(await report({ id: 'of-nobody', outcome: 'done' })).toBe(0)
  const results = [
    { id, outcome: 'failed', detail: 'cut off' },
    { id: next, outcome: 'later' },
  ]
  expect(await report(...results)).toBe(2)
  expect(await report(...results)).toBe(0)
  expect(await stateOf(id)).toMatchObject({ state: 'queued', last_error: 'cut off', may_have_arrived: true })
  expect(await take()).toEqual([])
  later(60_000)
  expect(await take()).toHaveLength(2)
  // It never spoke of them: after ten minutes they go again.
  later(601_000)
  expect(await take()).toHaveLength(2)
  expect(await report({ id, outcome: 'done', noteId: 81 }, { id: next, outcome: 'done', noteId: null })).toBe(2)
  expect(await stateOf(id)).toMatchObject({ state: 'done', note_id: 81n })
})
