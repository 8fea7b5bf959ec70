import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN } from '../../apps/bff/test/world.ts'
import { addonDesk, noteFor, php } from './whmcs/desk.ts'
import { createWhmcs } from './whmcs/whmcs.ts'

const MODULES = new URL('../../integrations/whmcs/modules/', import.meta.url).pathname
const CRON = { name: 'AfterCronJob' }

/** One console for the file. */
let here: Awaited<ReturnType<typeof addonDesk>>
beforeAll(async () => {
  here = await addonDesk()
  await here.collector.round()
})
afterAll(() => here.close())

test('every file is PHP', () => {
  const files = readdirSync(MODULES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.php'))
  expect(files.length).toBeGreaterThan(8)
  for (const file of files) execFileSync(php, ['-l', join(MODULES, file)], { stdio: 'pipe' })
})

describe('the link on the client summary', () => {
  test('leads to a page that posts a ticket, with which the console lets the admin in at that client', async () => {
    const whmcs = await here.setUp()
    const link = await whmcs.ask('hook', { name: 'AdminAreaClientSummaryActionLinks', vars: { userid: '7"><script>' } })
    expect(link).toBe('<a href="addonmodules.php?module=ostorconsole&amp;clientid=7">S3 storage</a>')
    const page = await whmcs.ask('output', { vars: here.vars, get: { clientid: '7' } })
    const [, action = '', ticket = ''] =
      /method="post" action="([^"]+)".*name="ticket" value="([^"]+)"/.exec(page) ?? []
    expect(action).toBe(`${here.vars.console_url}/api/v1/sso/whmcs`)
    const send = () => fetch(action, { method: 'POST', body: new URLSearchParams({ ticket }), redirect: 'manual' })
    const reply = await send()
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/clients/7'])
    const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
    const session = await fetch(`${here.vars.console_url}/api/v1/session`, { headers: { cookie } })
    expect(await session.json()).toMatchObject({ admin: { email: ADMIN.email } })
    expect((await send()).status).toBe(403)
  })

  test('holds nothing that a name or an address could break out of', async () => {
    const fullName = '"><script>alert(1)</script>\u0000ü'
    const whmcs = await createWhmcs(php, { admin: { id: 1, fullName } })
    const page = await whmcs.ask('output', { vars: here.vars, get: { clientid: '7' } })
    expect(page).not.toContain('alert(1)')
    for (const console_url of [
      'javascript:alert(1)',
      'http://console.example.com',
      'https://a"onclick=x',
      'https://a/b',
    ])
      expect(await whmcs.ask('output', { vars: { ...here.vars, console_url }, get: { clientid: '7' } })).toBe(
        '<div class="alert alert-warning">The address of the console must be like https://console.example.com, without a path.</div>',
      )
    for (const clientid of ['0', '-1', '7 or 1=1', '7<b>']) {
      await whmcs.ask('activate')
      expect(await whmcs.ask('output', { vars: here.vars, get: { clientid } })).not.toContain('ticket')
    }
    await whmcs.change(() => ({ admin: null }))
    expect(await whmcs.ask('output', { vars: here.vars, get: { clientid: '7' } })).toContain('Sign in to WHMCS first')
  })
})

describe('the queue of the console', () => {
  test('becomes notes when cron runs, once each and in order, and what was removed is removed', async () => {
    const whmcs = await here.setUp()
    await here.tell(
      noteFor(21, 'first'),
      { kind: 'activity.add', mark: 's', clientId: 21, text: 'S3 user was disabled.' },
      { kind: 'link.set', clientId: 21, text: 'The field is set anew' },
    )
    await here.link(21, 'of-21')
    await whmcs.ask('hook', CRON)
    await whmcs.ask('hook', CRON)
    const [added, entry] = await here.messagesOf(21)
    const { tables, activity, fields } = await whmcs.state()
    expect(tables.tblnotes).toEqual([{ id: 1, userid: 21, note: added?.body }])
    expect(activity).toEqual([[21, entry?.body]])
    expect(fields).toEqual({ 21: { 12: 'of-21' } })
    expect((await here.messagesOf(21)).map(({ state, note_id }) => [state, note_id])).toEqual([
      ['done', 1n],
      ['done', null],
      ['done', null],
      // The link that was made here.
      ['done', null],
    ])

    // A note of a person quotes it, and one of another client bears the same marker.
    const marker = added?.marker ?? ''
    await whmcs.change((state) => ({
      tables: {
        ...state.tables,
        tblnotes: [
          ...state.tables.tblnotes,
          { id: 8, userid: 21, note: `Asked about ${marker}` },
          { id: 9, userid: 22, note: added?.body ?? '' },
        ],
      },
    }))
    await here.tell({ kind: 'note.delete', clientId: 21, marker, keyId: 'first', text: 'S3 access key revoked.' })
    await whmcs.ask('hook', CRON)
    expect((await whmcs.state()).tables.tblnotes.map(({ id }) => id)).toEqual([8, 9])
    expect((await here.messagesOf(21)).at(-1)).toMatchObject({ state: 'done', note_id: null })
    expect((await whmcs.state()).log).toEqual([])
  })

  test('keeps a note whose marker a person took out, and says of one that is not its own that it is over', async () => {
    const whmcs = await here.setUp()
    await here.tell(noteFor(23))
    await whmcs.ask('hook', CRON)
    const [mine] = await here.messagesOf(23)
    await whmcs.change((state) => ({
      tables: { ...state.tables, tblnotes: [{ id: 1, userid: 23, note: 'Called about the key, all well' }] },
    }))
    const foreign = '[ostor-dash:k:01JD3Z9W6X8Q4T2V7N5M0B1C2D]'
    await here.tell(
      { kind: 'note.delete', clientId: 23, marker: mine?.marker ?? '', keyId: 'key1', text: 'S3 access key revoked.' },
      { kind: 'note.delete', clientId: 23, marker: foreign, keyId: 'key0', text: 'S3 access key revoked.' },
    )
    await whmcs.ask('hook', CRON)
    const { tblnotes } = (await whmcs.state()).tables
    const last = (await here.messagesOf(23)).at(-1)
    expect(tblnotes).toEqual([
      { id: 1, userid: 23, note: 'Called about the key, all well' },
      { id: 2, userid: 23, note: `S3 access key revoked.\n[ostor-dash:k:${last?.id}]` },
    ])
    expect(last).toMatchObject({ state: 'done', note_id: 2n })
  })

  test('leads to one note though PHP ends between the note and the report', async () => {
    const whmcs = await here.setUp({ dies: true })
    await here.tell(noteFor(24))
    await expect(whmcs.ask('hook', CRON)).rejects.toMatchObject({ code: 9 })
    await whmcs.change(() => ({ dies: false }))
    // The console gives it ten minutes, and the addon whoever began.
    await whmcs.ask('hook', CRON)
    expect((await here.messagesOf(24)).map(({ state }) => state)).toEqual(['sending'])
    const longAgo = { sending_since: new Date(Date.now() - 601_000) }
    await here.store.db.updateTable('whmcs_messages').set(longAgo).where('client_id', '=', 24).execute()
    await whmcs.ask('hook', CRON)
    expect((await here.messagesOf(24)).map(({ state, last_error }) => [state, last_error])).toEqual([
      ['queued', 'Another run of cron is at it.'],
    ])
    await here.store.db
      .updateTable('whmcs_messages')
      .set({ next_at: new Date(0) })
      .where('client_id', '=', 24)
      .execute()
    await whmcs.change((state) => ({
      tables: {
        ...state.tables,
        mod_ostorconsole_notes: state.tables.mod_ostorconsole_notes?.map((row) => ({ ...row, claimed_at: 1 })),
      },
    }))
    await whmcs.ask('hook', CRON)
    expect((await here.messagesOf(24)).map(({ state, note_id }) => [state, note_id])).toEqual([['done', 1n]])
    expect((await whmcs.state()).tables.tblnotes).toHaveLength(1)
  })

  test('waits behind what WHMCS refuses, for that client, and shows why', async () => {
    const whmcs = await here.setUp({ fails: { AddClientNote: 'Client ID not found' } })
    await here.tell(noteFor(25), { kind: 'activity.add', mark: 's', clientId: 25, text: 'S3 user was disabled.' })
    await whmcs.ask('hook', CRON)
    expect((await here.messagesOf(25)).map(({ state, last_error }) => [state, last_error])).toEqual([
      ['blocked', 'Client ID not found'],
      ['queued', expect.stringContaining('behind another message')],
    ])
    expect((await whmcs.state()).activity).toEqual([])
  })

  test('that fails in the database of WHMCS may have been done, and is not taken for refused', async () => {
    const whmcs = await here.setUp({ breaks: 'tblnotes' })
    await here.tell(noteFor(26))
    await whmcs.ask('hook', CRON)
    expect((await here.messagesOf(26)).map(({ state, may_have_arrived }) => [state, may_have_arrived])).toEqual([
      ['queued', true],
    ])
  })

  test('is not taken from a console that has another secret, which the log of WHMCS says', async () => {
    const whmcs = await createWhmcs(php)
    await whmcs.ask('activate')
    const shared_secret = 'another-secret-that-has-32-letters'
    expect(await whmcs.ask('output', { vars: { ...here.vars, shared_secret } })).toContain('different secrets')
    await whmcs.ask('hook', CRON)
    const { log, tables } = await whmcs.state()
    expect(log).toEqual([expect.stringContaining('different secrets')])
    expect(JSON.stringify([log, tables])).not.toContain(shared_secret)
    expect(JSON.parse(await whmcs.ask('deactivate'))).toMatchObject({ status: 'success' })
    const left = Object.keys((await whmcs.state()).tables)
    expect(left.toSorted()).toEqual(['mod_ostorconsole_notes', 'tblnotes'])
  })
})

describe('figures inside WHMCS', () => {
  test('are those of the console, by the id of the S3 user, asked for once in ten minutes', async () => {
    const whmcs = await here.setUp()
    const now = new Date()
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString()
    const range = `from=${from}&to=${now.toISOString()}`
    const top = await here.admin('GET', `/api/v1/clusters/demo/usage/top?${range}&by=user&metric=operations`)
    // On the first hours of a month nothing is counted yet.
    const [{ id: userId, counters: total } = { id: 'nobody', counters: null }] = top.json().items
    await here.link(31, userId)
    const sum = (names: string[]) => total && names.reduce((all, name) => all + Number(total[name]), 0)
    const operations = sum(['putOps', 'getOps', 'listOps', 'otherOps'])
    const { metrics, usage, stranger } = JSON.parse(await whmcs.ask('metrics', here.server))
    expect(metrics).toEqual([
      ['s3_storage_gb_month', 'S3 storage (GB-month)', 'month', 'GB-month'],
      ['s3_egress_gb', 'S3 downloads (GB)', 'month', 'GB'],
      ['s3_requests', 'S3 requests', 'month', 'Requests'],
    ])
    const egress = total && Math.floor(Number(total.downloadedBytes) / 1000) / 1e6
    expect(usage[userId]).toEqual({ s3_storage_gb_month: null, s3_egress_gb: egress, s3_requests: operations })
    expect(stranger).toEqual({ s3_storage_gb_month: null, s3_egress_gb: null, s3_requests: null })
    // Within ten minutes from what was kept.
    await here.links.remove(here.store.db, { cluster: 'demo', userId, clientId: 31 }, now)
    expect(JSON.parse(await whmcs.ask('metrics', here.server)).usage[userId]).toMatchObject({ s3_requests: operations })
    expect(JSON.parse(await whmcs.ask('test', here.server))).toEqual({ success: true, error: '' })
    const wrong = { ...here.server, serverpassword: 'x'.repeat(32) }
    expect(JSON.parse(await whmcs.ask('test', wrong))).toMatchObject({ success: false })
  })

  test('show keys by their ids on the summary of the client, and no secret', async () => {
    const whmcs = await here.setUp()
    const user = here.simulator.control.users.create({ email: 'panel+"&<b>@example.com', keys: 2 })
    await here.link(32, user.id, user.email)
    const panel = await whmcs.ask('hook', { name: 'AdminAreaClientSummaryPage', vars: { userid: 32 } })
    expect(panel).toContain('<td>panel+&quot;&amp;&lt;b&gt;@example.com</td><td>enabled</td>')
    for (const { id, secret } of user.keys) {
      expect(panel).toContain(id)
      expect(panel).not.toContain(secret)
    }
    const empty = await whmcs.ask('hook', { name: 'AdminAreaClientSummaryPage', vars: { userid: 33 } })
    expect(empty).toContain('No S3 user belongs to this client.')
  })

  test('are text, whatever a gateway calls its users', async () => {
    const whmcs = await createWhmcs(php)
    const hostile = '<img src=x onerror=alert(1)>'
    const user = { email: hostile, userId: hostile, state: hostile, keyIds: [hostile], operations: hostile }
    const users = [
      { ...user, storedBytes: hostile, downloadedBytes: '1234567890' },
      { ...user, storedBytes: '999999', downloadedBytes: '12345678901234567890', keyIds: [] },
    ]
    const html = await whmcs.ask('panel', { answer: { from: `2026-11-${hostile}`, users }, clientId: 7 })
    expect(html).not.toContain('<img')
    for (const figure of ['not known', '1.234 GB', '0.000 GB', '12345678901.234 GB']) expect(html).toContain(figure)
    expect(html).toContain('as far as they are counted')
    const lastMonth = { from: '2026-11-01T00:00:00.000Z', completeUntil: '2026-10-31T23:00:00.000Z', users }
    expect(await whmcs.ask('panel', { answer: lastMonth, clientId: 7 })).toContain('as far as they are counted')
    const known = { ...lastMonth, completeUntil: '2026-11-04T14:30:00.000Z' }
    expect(await whmcs.ask('panel', { answer: known, clientId: 7 })).toContain(
      'Downloads and requests since 2026-11-01, counted up to 2026-11-04 14:30 UTC, gaps left aside.',
    )
  })

  test('lead from a service to the console for staff only, without a ticket in the address', async () => {
    const whmcs = await here.setUp()
    expect(JSON.parse(await whmcs.ask('sso', { userid: '7' }))).toEqual({
      success: true,
      redirectTo: 'addonmodules.php?module=ostorconsole&clientid=7',
    })
    await whmcs.change(() => ({ admin: null }))
    expect(JSON.parse(await whmcs.ask('sso', { userid: '7' }))).toMatchObject({ success: false })
  })
})
