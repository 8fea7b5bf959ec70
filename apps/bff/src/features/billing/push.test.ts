import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { linked, MONTHS } from '../../../test/billed-world.ts'
import { blankPlace } from '../../../test/stores.ts'

const OCTOBER = `${MONTHS}/2026-10`

describe.each(['duckdb', 'postgresql'] as const)('WHMCS, told from %s', (engine) => {
  const place = async () => (engine === 'duckdb' ? {} : { databaseUrl: (await blankPlace(engine)).databaseUrl ?? '' })

  test('acceptance 16: usage pushed ten times is the figures of once, for the month of the time zone, and an invoice is drafted once', async () => {
    const { admin, close, messages, push } = await linked(await place())
    await close('2026-10')
    expect((await push('2026-10', 'usage')).json()).toMatchObject({
      queued: 0,
      left: [expect.stringContaining('service')],
    })
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: 7 })
    for (let time = 0; time < 10; time += 1) await push('2026-10', 'usage')
    for (const sort of ['amount', 'name', 'storage', 'egress']) {
      const { items, matching } = (await admin('GET', `${OCTOBER}/bills?sort=${sort}`)).json()
      expect([items.length, matching]).toEqual([3, 3])
    }
    const found = (await admin('GET', `${OCTOBER}/bills?search=${encodeURIComponent('=CMD|acme')}`)).json()
    expect(found).toMatchObject({ matching: 1, items: [{ id: 'client.42', clientId: 42, currency: 'EUR' }] })
    const [usage, ...others] = await messages()
    expect(others).toEqual([])
    expect(usage).toMatchObject({ kind: 'usage.set', client_id: 42 })
    expect(JSON.parse(usage?.payload ?? '')).toMatchObject({ serviceId: 7 })

    await admin('PUT', '/api/v1/billing/settings', { timeZone: 'Europe/Vienna' })
    expect((await admin('POST', `${MONTHS}/2026-11/count`)).json()).toMatchObject({
      linksChanged: 2,
      push: { pushed: 0 },
    })
    expect((await push('2026-11', 'invoice')).json().type).toBe('/problems/month-not-closed')
    await close('2026-11')
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: null })
    for (let time = 0; time < 10; time += 1) await push('2026-11', 'invoice')
    expect((await admin('GET', `${MONTHS}/2026-11`)).json()).toMatchObject({ linksChanged: 2, push: { pushed: 1 } })
    const [none, invoice, ...more] = (await messages()).slice(1)
    expect(more).toEqual([])
    expect(JSON.parse(none?.payload ?? '')).toEqual({ serviceId: 7, diskMegabytes: 0, trafficMegabytes: 0 })
    expect(invoice).toMatchObject({ kind: 'invoice.draft', client_id: 42 })
    expect(invoice?.body).toContain('2026-11-01 to 2026-11-30 (Europe/Vienna)')
    const lines = JSON.parse(invoice?.payload ?? '').lines
    expect(lines[0].description).toMatch(/^S3 storage \(2026-11-01 - 2026-11-30\): \d+\.\d\d GB-month$/)
  })

  test('is told of a month one way only, unless what was handed over was cancelled before it was sent', async () => {
    const { admin, close, push, store } = await linked(await place())
    const cancel = (kind: 'usage.set' | 'invoice.draft') =>
      store.db.updateTable('whmcs_messages').set({ state: 'cancelled' }).where('kind', '=', kind).execute()
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: 7 })
    await close('2026-10')
    await push('2026-10', 'usage')
    const refused = (await push('2026-10', 'invoice')).json()
    expect(refused.type).toBe('/problems/pushed-otherwise')
    expect(refused.detail).toMatch(/^=cmd\|ACME: its usage was handed to the queue on 2026-12-02 \d\d:\d\d UTC by /)
    await cancel('usage.set')
    expect((await push('2026-10', 'invoice')).json()).toMatchObject({ queued: 1 })
    const otherwise = (await push('2026-10', 'usage')).json()
    expect(otherwise.detail).toContain('the draft of its invoice was handed to the queue on 2026-12-02')
    await cancel('invoice.draft')
    expect((await push('2026-10', 'usage')).json()).toMatchObject({ queued: 1 })

    // The same figures of another month are handed over once, and have told WHMCS of both.
    const useOneMegabyte = () =>
      sql`update billing_lines set quantity = case when metric = 'egress' then 1048576 else 0 end
        where bill = 'client.42'`.execute(store.db)
    await useOneMegabyte()
    expect((await push('2026-10', 'usage')).json()).toMatchObject({ queued: 1 })
    await close('2026-11')
    await useOneMegabyte()
    expect((await push('2026-11', 'usage')).json()).toMatchObject({ queued: 0, before: 1 })
    expect((await push('2026-11', 'invoice')).json().type).toBe('/problems/pushed-otherwise')
  })

  test('is not charged by an invoice while usage of an earlier month stands at the service', async () => {
    const { admin, close, push } = await linked(await place())
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: 7 })
    await close('2026-10')
    await push('2026-10', 'usage')
    await close('2026-11')
    const refused = (await push('2026-11', 'invoice')).json()
    expect(refused.detail).toMatch(/its usage of 2026-10 was handed .* choose no service for it first/)
    await admin('PUT', '/api/v1/billing/services/42', { serviceId: null })
    expect((await push('2026-11', 'invoice')).json()).toMatchObject({ queued: 1 })
  })

  test('is told 0 of the service that usage was told of, when it is another one from then on', async () => {
    const { admin, messages, push } = await linked(await place())
    const choose = (serviceId: number | null) => admin('PUT', '/api/v1/billing/services/42', { serviceId })
    const told = async () =>
      (await messages()).map(({ payload }) => {
        const { serviceId, diskMegabytes, trafficMegabytes } = JSON.parse(payload ?? '')
        return [serviceId, diskMegabytes + trafficMegabytes > 0]
      })
    await admin('POST', `${OCTOBER}/count`)
    await choose(6)
    await choose(7)
    expect(await told()).toEqual([])
    await push('2026-10', 'usage')
    await choose(7)
    await choose(8)
    expect(await told()).toEqual([
      [7, true],
      [7, false],
    ])
    await push('2026-10', 'usage')
    await choose(null)
    await choose(9)
    expect((await told()).slice(2)).toEqual([
      [8, true],
      [8, false],
    ])
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

  test('is told what is known, and whoever asks, of what is not, and of what comes to nothing', async () => {
    const { close, messages, push, store } = await linked()
    await close('2026-10')
    const setOwn = async (amount: bigint | null, which = sql`true`) =>
      sql`update billing_lines set amount = ${amount} where bill = 'client.42' and ${which}`.execute(store.db)
    await setOwn(-1_250_000n, sql`metric = 'put'`)
    await setOwn(0n, sql`metric <> 'put'`)
    expect((await push('2026-10', 'invoice')).json()).toMatchObject({
      queued: 0,
      left: ['=cmd|ACME: its corrections leave nothing to pay: it comes to -1.25 EUR'],
    })
    await setOwn(1_250_000n, sql`metric = 'put'`)
    await setOwn(null, sql`metric = 'egress'`)
    expect((await push('2026-10', 'invoice')).json()).toMatchObject({
      queued: 1,
      left: ['=cmd|ACME: drafted without egress, not known'],
    })
    expect(JSON.parse((await messages())[0]?.payload ?? '').lines).toHaveLength(1)

    await sql`delete from billing_lines where line_no = 2`.execute(store.db)
    expect((await push('2026-10', 'invoice')).json()).toMatchObject({ type: '/problems/changed-meanwhile' })
    const entries = store.db.selectFrom('audit').select('outcome').where('action', '=', 'billing.push')
    const outcomes = (await entries.where('kind', '=', 'end').orderBy('seq').execute()).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['done', 'done', 'unknown'])
  })

  test('is not told to draft an invoice in a currency that nobody knows to be that of the client', async () => {
    const { close, push, store } = await linked()
    await close('2026-10')
    await store.db.updateTable('whmcs_clients').set({ currency: null }).execute()
    const { queued, left } = (await push('2026-10', 'invoice')).json()
    expect([queued, left]).toEqual([0, ['=cmd|ACME: its currency at WHMCS is not known']])
  })
})
