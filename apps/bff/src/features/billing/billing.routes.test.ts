import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import type { BillDetail } from '@ostor-console/shared/bills'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CLUSTER, fillObjects, fillTwoMonths, NOW, PLAN, USERS } from '../../../test/billed-months.ts'
import { emptyPlace } from '../../../test/stores.ts'
import { world } from '../../../test/world.ts'
import { checkBilling } from '../../adapters/store/billing-check.ts'
import { saveWhmcsFacts } from '../../adapters/store/whmcs-facts.ts'

const MONTHS = '/api/v1/billing/months'
const OCTOBER = `${MONTHS}/2026-10`

const billed = async (options: Parameters<typeof world>[0] = {}) => {
  const here = await world({ now: () => new Date(NOW), simulator: { collectStatistics: false, days: 0 }, ...options })
  await here.store.db.deleteFrom('storage_runs').execute()
  await fillTwoMonths(here.store)
  const made = await here.admin('POST', '/api/v1/billing/plans', PLAN)
  if (made.statusCode !== 201) throw new Error(made.body)
  const close = (month: string, body: object = {}) =>
    here.admin('POST', `${MONTHS}/${month}/close`, { confirmMonth: month, ...body })
  return { ...here, close }
}

/** The first two users belong to a client that WHMCS knows. */
const linked = async (options: Parameters<typeof world>[0] = {}) => {
  const here = await billed({ config: { whmcs: { usagePush: 'product' } }, ...options })
  const { db } = here.store
  await saveWhmcsFacts(here.store, { mode: 'append', linkFieldId: null })
  const at = new Date()
  const link = { cluster_id: CLUSTER, linked_email: 'a@example.com', linked_at: at, linked_by: 'ada', client_id: 42 }
  const told = { status: 'active', seen_at: at, gone_at: null } as const
  await db
    .insertInto('client_links')
    .values(USERS.slice(0, 2).map((user_id) => ({ ...link, user_id })))
    .execute()
  await db
    .insertInto('whmcs_clients')
    .values({ client_id: 42, name: 'Ann', company: '=cmd|ACME', email: 'a@example.com', currency: 'EUR', ...told })
    .execute()
  const messages = () => db.selectFrom('whmcs_messages').selectAll().orderBy('message_no').execute()
  const push = (month: string, kind: 'usage' | 'invoice') => here.admin('POST', `${MONTHS}/${month}/push`, { kind })
  return { ...here, messages, push }
}

describe('a month', () => {
  test('is closed only by its name, keeps its files, and a late object is one correction that leaves them as they are', async () => {
    const { admin, close, store } = await billed()
    expect((await close('2026-10', { confirmMonth: '2026-11' })).json().type).toBe('/problems/confirmation-wrong')
    expect((await close('2026-12')).json()).toMatchObject({ type: '/problems/month-not-ready' })
    const closed = (await close('2026-10')).json<BillingMonthDetail>()
    expect(closed).toMatchObject({ state: 'closed', coverage: 'complete', bills: USERS.length, notYet: null })

    const folder = await mkdtemp(join(tmpdir(), 'ostor-console-files-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const files = async () => {
      for (const file of ['csv', 'parquet', 'manifest']) {
        const reply = await admin('GET', `${OCTOBER}/files/${file}`)
        const [, name = ''] = /filename="(.+)"/.exec(String(reply.headers['content-disposition'])) ?? []
        await writeFile(join(folder, name), reply.rawPayload)
      }
      return createHash('sha256')
        .update(await readFile(join(folder, 'billing-2026-10.csv')))
        .digest('hex')
    }
    expect(await files()).toBe(closed.sha256)
    expect(await checkBilling(folder)).toMatchObject([{ month: '2026-10', acceptedIncomplete: false }])

    await fillObjects(store, {
      from: '2026-10-20T00:00:00Z',
      to: '2026-10-20T06:00:00Z',
      service: 'late',
      firstNo: 9001,
    })
    const november = (await admin('POST', `${MONTHS}/2026-11/count`)).json<BillingMonthDetail>()
    expect(november.corrections).toBe(USERS.length * 5 - 1)
    expect(await files()).toBe(closed.sha256)
    expect((await close('2026-10')).json().type).toBe('/problems/month-closed')

    const csv = await readFile(join(folder, 'billing-2026-10.csv'), 'utf8')
    await writeFile(join(folder, 'billing-2026-10.csv'), csv.replace('complete', 'partial!'))
    await expect(checkBilling(folder)).rejects.toThrow('billing-2026-10.csv holds other bytes')
  })

  test('of which something is missing is closed only when that is accepted', async () => {
    const { close, store } = await billed()
    await sql`delete from storage_runs where sampled_at = ${new Date('2026-11-01T00:00:00Z')}`.execute(store.db)
    const refused = (await close('2026-10')).json()
    expect(refused).toMatchObject({ type: '/problems/month-incomplete' })
    expect(refused.detail).toContain('Storage of demo is known from')
    expect((await close('2026-10', { acceptIncomplete: true })).json()).toMatchObject({
      state: 'closed',
      coverage: 'partial',
    })
  })

  test('begins where the closed one before ended, in whatever time zone months are counted then', async () => {
    const { admin, close } = await billed()
    await close('2026-10')
    await admin('PUT', '/api/v1/billing/settings', { timeZone: 'Asia/Kolkata' })
    const { items } = (await admin('GET', MONTHS)).json()
    const at = (month: string) => items.find((each: { month: string }) => each.month === month)
    expect(at('2026-10')).toMatchObject({ from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' })
    expect(at('2026-11')).toMatchObject({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T19:00:00.000Z' })
    expect(at('2026-09')).toMatchObject({ state: 'earlier' })
  })
})

const sumOf = (some: readonly { count: string }[]): string =>
  String(some.reduce((sum, { count }) => sum + BigInt(count), 0n))

describe('what is not known', () => {
  test('is never 0, and what nobody used is', async () => {
    const { admin, store } = await billed()
    await admin('POST', `${OCTOBER}/count`)
    const { items } = (await admin('GET', `${OCTOBER}/bills`)).json()
    const first = items.find((bill: { id: string }) => bill.id.endsWith(USERS[0] ?? ''))
    expect(first.counts).toMatchObject({ other: '0', put: expect.stringMatching(/[1-9]/) })

    const bill = `${OCTOBER}/bills/user.${CLUSTER}.${USERS[1]}`
    await sql`update billing_lines set amount = null where metric <> 'storage'`.execute(store.db)
    const { sums, lines } = (await admin('GET', bill)).json<BillDetail>()
    expect(sums).toEqual([{ currency: 'EUR', amount: lines[0]?.amount }])
    await sql`update billing_lines set amount = null`.execute(store.db)
    expect((await admin('GET', bill)).json<BillDetail>().sums).toEqual([{ currency: 'EUR', amount: null }])
    const month = (await admin('GET', OCTOBER)).json<BillingMonthDetail>()
    expect(month.sums).toEqual([{ currency: 'EUR', amount: null, bills: USERS.length }])
  })

  test('divides no average: that of a running month is over the hours that are known', async () => {
    const { admin } = await billed()
    const hoursIn = async (month: string) =>
      (await admin('POST', `${MONTHS}/${month}/count`)).json<BillingMonthDetail>().averageHours
    expect(await hoursIn('2026-11')).toBe(720)
    expect(await hoursIn('2026-12')).toBe(24)
  })
})

describe('a bill', () => {
  test('has hours and objects that come to its lines', async () => {
    const { admin } = await billed()
    await admin('POST', `${OCTOBER}/count`)
    const bill = `${OCTOBER}/bills/user.${CLUSTER}.${USERS[1]}`
    const { lines } = (await admin('GET', bill)).json<BillDetail>()
    const under: unknown[][] = []
    for (const { metric, count } of lines) {
      const { hours } = (await admin('GET', `${bill}/hours?metric=${metric}`)).json()
      const known = hours.filter((hour: { count: string | null }) => hour.count !== null)
      expect(sumOf(known)).toBe(count)
      const { items } = (await admin('GET', `${bill}/objects?metric=${metric}&at=${known.at(-1)?.at}`)).json()
      under.push([metric, sumOf(items), known.at(-1)?.count])
    }
    expect(under.filter(([metric]) => metric !== 'storage')).toEqual(
      under.flatMap(([metric, , last]) => (metric === 'storage' ? [] : [[metric, last, last]])),
    )
  })
})

describe.each(['duckdb', 'postgresql'] as const)('WHMCS, told from %s', (engine) => {
  const place = async () => (engine === 'duckdb' ? {} : { databaseUrl: (await emptyPlace(engine)).databaseUrl ?? '' })

  test('acceptance 16: usage pushed ten times is the figures of once, for the month of the time zone, and an invoice is drafted once', async () => {
    const { admin, close, messages, push } = await linked(await place())
    await close('2026-10')
    expect((await push('2026-10', 'usage')).json()).toMatchObject({
      queued: 0,
      left: [expect.stringContaining('service')],
    })
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: 7 })
    for (let time = 0; time < 10; time += 1) {
      await push('2026-10', 'usage')
      await push('2026-10', 'invoice')
    }
    for (const sort of ['amount', 'name', 'storage', 'egress']) {
      const { items, matching } = (await admin('GET', `${OCTOBER}/bills?sort=${sort}`)).json()
      expect([items.length, matching]).toEqual([3, 3])
    }
    const found = (await admin('GET', `${OCTOBER}/bills?search=${encodeURIComponent('=CMD|acme')}`)).json()
    expect(found).toMatchObject({ matching: 1, items: [{ id: 'client.42', clientId: 42, currency: 'EUR' }] })
    const [usage, invoice, ...others] = await messages()
    expect(others).toEqual([])
    expect(usage).toMatchObject({ kind: 'usage.set', client_id: 42 })
    expect(JSON.parse(usage?.payload ?? '')).toMatchObject({ serviceId: 7 })
    expect(invoice).toMatchObject({ kind: 'invoice.draft', client_id: 42 })
    expect(invoice?.body).toContain('2026-10-01 to 2026-10-31 (UTC)')
    const lines = JSON.parse(invoice?.payload ?? '').lines
    expect(lines[0].description).toMatch(/^S3 storage \(2026-10-01 - 2026-10-31\): \d+\.\d\d GB-month$/)

    await admin('PUT', '/api/v1/billing/settings', { timeZone: 'Europe/Vienna' })
    await admin('POST', `${MONTHS}/2026-11/count`)
    await push('2026-11', 'usage')
    expect((await push('2026-11', 'invoice')).json().type).toBe('/problems/month-not-closed')
    await close('2026-11')
    await push('2026-11', 'invoice')
    const later = (await messages()).slice(2)
    expect(later.map(({ kind }) => kind)).toEqual(['usage.set', 'invoice.draft'])
    expect(later[1]?.body).toContain('2026-11-01 to 2026-11-30 (Europe/Vienna)')
  })
})

describe('WHMCS', () => {
  test('is told 0 of a client who used nothing, and nothing where nobody can know that', async () => {
    const { admin, messages, push, store } = await linked()
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: 7 })
    await admin('POST', `${OCTOBER}/count`)
    await push('2026-10', 'usage')
    await store.db.deleteFrom('client_links').execute()
    await admin('POST', `${MONTHS}/2026-11/count`)
    expect((await push('2026-11', 'usage')).json()).toEqual({ queued: 1, before: 0, left: [], leftCount: 0 })
    const [october, november] = (await messages()).map(({ payload }) => JSON.parse(payload ?? ''))
    expect(october.trafficMegabytes).toBeGreaterThan(0)
    expect(november).toMatchObject({ serviceId: 7, diskMegabytes: 0, trafficMegabytes: 0 })

    await sql`delete from storage_runs where sampled_at = ${new Date('2026-12-01T00:00:00Z')}`.execute(store.db)
    await admin('POST', `${MONTHS}/2026-11/count`)
    expect((await push('2026-11', 'usage')).json()).toMatchObject({
      queued: 0,
      leftCount: 1,
      left: ['Client 42: nothing is known of its usage, and not all of the month is known'],
    })
  })

  test('is not told to draft an invoice in a currency that nobody knows to be that of the client', async () => {
    const { close, push, store } = await linked()
    await close('2026-10')
    await store.db.updateTable('whmcs_clients').set({ currency: null }).execute()
    const { queued, left } = (await push('2026-10', 'invoice')).json()
    expect([queued, left]).toEqual([0, ['=cmd|ACME: its currency at WHMCS is not known']])
  })
})

test('what people and the gateway wrote begins no formula in a file', async () => {
  const { admin, close } = await linked()
  await close('2026-10')
  expect((await admin('GET', `${OCTOBER}/files/csv`)).body).toContain(",'=cmd|ACME,")
})
