import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import type { BillDetail } from '@ostor-console/shared/bills'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CLUSTER, fillObjects, NOW, USERS } from '../../../test/billed-months.ts'
import { billed, linked, MONTHS } from '../../../test/billed-world.ts'
import { auditOf } from '../../adapters/store/audit.ts'
import { checkBilling } from '../../adapters/store/billing-check.ts'
import { clientLinksOf } from '../../adapters/store/client-links.ts'

const OCTOBER = `${MONTHS}/2026-10`

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
    const manifestSha256 = closed.manifestSha256 ?? ''
    expect(await checkBilling(folder, [manifestSha256])).toMatchObject([
      { manifest: { month: '2026-10', acceptedIncomplete: false }, sha256: manifestSha256, isChecked: true },
    ])
    const entries = store.db.selectFrom('audit').select('after').where('action', '=', 'billing.close')
    const done = await entries.where('outcome', '=', 'done').executeTakeFirstOrThrow()
    expect(JSON.parse(done.after ?? '')).toMatchObject({ sha256: closed.sha256, manifestSha256 })

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
    await expect(checkBilling(folder, null)).rejects.toThrow('billing-2026-10.csv holds other bytes')
  })

  test('of which something is missing is closed only when that is accepted', async () => {
    const { close, store } = await billed()
    await sql`delete from storage_runs where sampled_at = ${new Date('2026-11-01T00:00:00Z')}`.execute(store.db)
    const refused = (await close('2026-10')).json()
    expect(refused).toMatchObject({ type: '/problems/month-incomplete' })
    expect(refused.detail).toContain('Storage of Demo is known from')
    expect((await close('2026-10', { acceptIncomplete: true })).json()).toMatchObject({
      state: 'closed',
      coverage: 'partial',
      clusters: [{ cluster: CLUSTER, name: 'Demo' }],
    })
  })

  test('says who changed hands, but for those who were made for a client, and still says it when it is closed', async () => {
    const { admin, close, store } = await linked()
    const audit = auditOf(store, { now: () => new Date(NOW) })
    const read = async () => (await admin('GET', OCTOBER)).json<BillingMonthDetail>()
    const here = { cluster: CLUSTER, email: null }
    expect(await read()).toMatchObject({
      linksChanged: 2,
      handovers: USERS.slice(0, 2).map((userId) => ({
        ...here,
        userId,
        clientId: 42,
        kind: 'linked',
        at: new Date(NOW).toISOString(),
      })),
    })
    const said = { actor: 'ada', cluster: CLUSTER, target: 'a', outcome: 'done' } as const
    await audit.record({ ...said, action: 'user.create', userId: USERS[0] ?? '' })
    expect((await read()).linksChanged).toBe(1)
    await store.db
      .updateTable('client_link_spans')
      .set({ since: new Date('2026-09-30T00:00:00Z') })
      .execute()
    expect((await read()).handovers).toEqual([])
    const links = clientLinksOf(store)
    const [, second = ''] = USERS
    const user = { cluster: CLUSTER, userId: second }
    const october = new Date('2026-10-20T00:00:00Z')
    await links.remove(store.db, { ...user, clientId: 42 }, october)
    await links.add(store.db, { ...user, clientId: 43, email: 'b@example.com', by: 'ada' }, october)
    await close('2026-10')
    await links.remove(store.db, { ...user, clientId: 43 }, new Date(NOW))
    expect(await read()).toMatchObject({
      state: 'closed',
      linksChanged: 1,
      handovers: [
        { ...here, userId: second, clientId: 42, kind: 'unlinked', at: october.toISOString() },
        { ...here, userId: second, clientId: 43, kind: 'linked', at: october.toISOString() },
      ],
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
    for (const { lineNo, metric, count } of lines) {
      const { hours } = (await admin('GET', `${bill}/hours?line=${lineNo}`)).json()
      const known = hours.filter((hour: { count: string | null }) => hour.count !== null)
      expect(sumOf(known)).toBe(count)
      const { items } = (
        await admin('GET', `${bill}/objects?line=${lineNo}&at=${known.at(-1)?.at}&hours=${known.at(-1)?.hours}`)
      ).json()
      under.push([metric, sumOf(items), known.at(-1)?.count])
    }
    expect(under).toEqual(under.map(([metric, , last]) => [metric, last, last]))
  })
})

test('whom a plan is given to is told by name', async () => {
  const { admin } = await linked({ now: () => new Date() })
  const [plan] = (await admin('GET', '/api/v1/billing/plans')).json().items
  const { id: userId, email } = (await admin('GET', '/api/v1/clusters/demo/users')).json().items[0]
  const give = (to: object) => admin('PUT', '/api/v1/billing/plan-of', { to, planId: plan.id })
  for (const clientId of [42, 43]) await give({ kind: 'client', clientId })
  const { given } = (await give({ kind: 'user', cluster: CLUSTER, userId })).json()
  expect(given.map(({ name }: { name: string | null }) => name)).toEqual(['=cmd|ACME', null, email])
})

test('what people and the gateway wrote begins no formula in a file', async () => {
  const { admin, store } = await linked()
  const csv = async () => {
    await admin('POST', `${OCTOBER}/count`)
    return (await admin('GET', `${OCTOBER}/files/csv`)).body
  }
  expect(await csv()).toContain(",'=cmd|ACME,")
  await store.db.updateTable('whmcs_clients').set({ company: '\n=1+1' }).execute()
  expect(await csv()).toContain(`,"'\n=1+1",`)
})
