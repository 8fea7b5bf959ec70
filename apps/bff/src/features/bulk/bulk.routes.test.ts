import type { BulkRun, CreatedKey } from '@ostor-console/shared/bulk'
import { describe, expect, test } from 'vitest'
import { bulkDesk } from '../../../test/bulk-desk.ts'

const DAY = 86_400_000
const CREATE = { action: 'create' } as const

describe('the plan of a bulk change', () => {
  test('takes all that the list of users finds, as the page asks for it', async () => {
    const { plan, items, control, user } = await bulkDesk({ users: 12 })
    control.users.setState(user(2).id, 'disabled')
    const { id, total, source } = await plan({ action: 'enable' }, { by: 'filter', state: 'disabled' })
    expect({ total, source }).toEqual({ total: 1, source: 'All disabled users' })
    expect((await items(id)).map(({ email }) => email)).toEqual([user(2).email])
  })

  test('takes a list of e-mails and says of each line what it means', async () => {
    const { plan, items, user, control } = await bulkDesk({ users: 6, duplicateEmails: 2 })
    const twin = control.oracle
      .users()
      .find(({ email, id }, _, all) => all.some((each) => each.email === email && each.id !== id))
    const alone = control.oracle.users().filter(({ email }) => email !== twin?.email && email !== user(0).email)
    const text = `email\n${alone[0]?.email.toUpperCase()}\nnobody@x.example\n${twin?.email}\n${alone[0]?.email}\n`
    const { id } = await plan({ action: 'disable' }, { by: 'emails', text })
    expect((await items(id)).map(({ line, detail }) => `${line}: ${detail}`)).toEqual([
      '2: enabled → disabled',
      '3: No user has this e-mail',
      expect.stringMatching(/^4: Several users have this e-mail/),
      '5: Chosen before, on line 2',
    ])
  })

  test.each([
    ['nobody', { change: { action: 'disable' }, choice: { by: 'filter', search: 'nobody at all' } }, 409],
    ['no limit', { change: { action: 'set-limits', limits: {} }, choice: { by: 'ids', ids: ['x'] } }, 400],
    ['a limit of 0', { change: { action: 'set-quota', size: 0 }, choice: { by: 'ids', ids: ['x'] } }, 400],
    ['ids to create', { change: CREATE, choice: { by: 'ids', ids: ['x'] } }, 400],
  ])('refuses %s', async (_, body, status) => {
    const { ask } = await bulkDesk()
    expect((await ask('POST', '/bulk', body)).status).toBe(status)
  })

  test('is not started when it is a day old, and goes by itself', async () => {
    const { plan, post, work, ids, later, ask, signIn } = await bulkDesk()
    const { id } = await plan({ action: 'disable' }, ids(2))
    later(DAY + 1000)
    await signIn()
    expect((await post(id, 'start')).body).toMatchObject({ detail: expect.stringContaining('more than a day ago') })
    await work()
    expect((await ask<{ items: BulkRun[] }>('GET', '/bulk')).body.items).toEqual([])
    expect((await ask('GET', `/bulk/${id}`)).body).toMatchObject({ type: '/problems/bulk-run-not-found' })
  })

  test('of a hundred thousand users is made in one request', async () => {
    const { plan } = await bulkDesk()
    const text = Array.from({ length: 100_000 }, (_, n) => `nobody-${n}@customer.example`).join('\n')
    expect((await plan({ action: 'disable' }, { by: 'emails', text })).planned).toMatchObject({ refused: 100_000 })
  })
})

test('the file of results has a line for each, and nothing that a spreadsheet would run', async () => {
  const { plan, admin } = await bulkDesk()
  const { id } = await plan(CREATE, { by: 'emails', text: '=1+1@x.example\nnew@x.example' })
  const { body, headers } = await admin('GET', `/api/v1/clusters/demo/bulk/${id}/results.csv`)
  expect(headers['content-type']).toMatch(/^text\/csv/)
  const [head, first, second] = body.split('\r\n')
  expect(head).toBe('position,line,userId,email,planned,state,detail,operationId,endedAt')
  expect(first).toContain("'=1+1@x.example")
  expect(second).toMatch(/^2,2,,new@x.example,change,waiting,/)
})

const made = async () => {
  const here = await bulkDesk()
  const run = await here.run(CREATE, { by: 'emails', text: 'one@x.example\ntwo@x.example' })
  return { ...here, run }
}

describe('the first keys of created users', () => {
  test('are handed over once, and stand nowhere else', async () => {
    const { run, ask, handOver, oracle, read } = await made()
    expect(run).toMatchObject({ state: 'ended', counts: { done: 2 }, keysWaiting: 2, keysTaken: 0 })
    const reply = await ask<{ keys: CreatedKey[] }>('POST', `/bulk/${run.id}/keys`)
    handOver(reply)
    expect(reply.headers['cache-control']).toBe('no-store')
    const truth = oracle.users().filter(({ email }) => email.endsWith('@x.example'))
    expect(reply.body.keys.map(({ secret }) => secret)).toEqual(truth.map(({ keys }) => keys[0]?.secret))
    expect((await ask('POST', `/bulk/${run.id}/keys`)).body).toMatchObject({ type: '/problems/keys-not-here' })
    expect(await read(run.id)).toMatchObject({ keysWaiting: 0, keysTaken: 2 })
  })

  test('are for the session that started the run only', async () => {
    const { run, read, signIn, ask } = await made()
    await signIn()
    expect(await read(run.id)).toMatchObject({ keysWaiting: 0 })
    expect((await ask('POST', `/bulk/${run.id}/keys`)).status).toBe(409)
  })
})
