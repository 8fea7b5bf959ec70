import { expect, onTestFinished, test } from 'vitest'
import type { NewMessage } from '../../apps/bff/src/adapters/store/message-writing.ts'
import { messagesOf } from '../../apps/bff/src/adapters/store/messages.ts'
import { addonDesk } from './whmcs/desk.ts'

const CRON = { name: 'AfterCronJob' }

test('the addon makes a draft invoice once, and leaves it to a person where that is not certain', async () => {
  const here = await addonDesk()
  onTestFinished(here.close)
  const invoice: NewMessage = {
    kind: 'invoice.draft',
    mark: 'i',
    clientId: 26,
    text: 'S3 storage of October',
    lines: [{ description: 'S3 storage, user "a" & co', amount: '5.12' }],
  }
  const longAgo = () =>
    here.store.db
      .updateTable('whmcs_messages')
      .set({ sending_since: new Date(Date.now() - 601_000) })
      .where('client_id', '=', 26)
      .where('state', '=', 'sending')
      .execute()
  const whmcs = await here.setUp({ dies: true })
  const abandon = () =>
    whmcs.change((state) => ({
      dies: false,
      tables: {
        ...state.tables,
        mod_ostorconsole_notes: state.tables.mod_ostorconsole_notes?.map((row) => ({ ...row, claimed_at: 1 })),
      },
    }))
  await here.tell(invoice)
  await expect(whmcs.ask('hook', CRON)).rejects.toMatchObject({ code: 9 })
  await abandon()
  await longAgo()
  await whmcs.ask('hook', CRON)
  expect((await here.messagesOf(26)).map(({ state, note_id }) => [state, note_id])).toEqual([['done', 900n]])
  const { invoices } = await whmcs.state()
  const [{ body } = { body: '' }] = await here.messagesOf(26)
  const line = { itemdescription1: 'S3 storage, user "a" & co', itemamount1: '5.12', itemtaxed1: true }
  expect(invoices).toEqual([{ id: 900, notes: body, given: { userid: 26, draft: true, notes: body, ...line } }])

  await whmcs.change(() => ({ dies: true }))
  const [second = ''] = await here.tell(invoice)
  await expect(whmcs.ask('hook', CRON)).rejects.toMatchObject({ code: 9 })
  await abandon()
  await longAgo()
  await whmcs.change(() => ({ invoices: [] }))
  await whmcs.ask('hook', CRON)
  expect((await here.messagesOf(26)).map(({ state }) => state)).toEqual(['done', 'unknown'])
  // A person looked, and says that it is not there.
  await messagesOf(here.store, { now: () => new Date() }).settle(second, { hasArrived: false, by: 'a', reason: 'b' })
  await whmcs.ask('hook', CRON)
  expect((await here.messagesOf(26)).map(({ state }) => state)).toEqual(['done', 'done'])
  expect((await whmcs.state()).invoices).toHaveLength(1)
})

test('the addon sets the figures of a service once, and leaves it to a person where that is not certain', async () => {
  const here = await addonDesk()
  onTestFinished(here.close)
  const usage: NewMessage = {
    kind: 'usage.set',
    clientId: 26,
    text: 'Usage of October',
    serviceId: 7,
    diskMegabytes: 12,
    trafficMegabytes: 34,
  }
  const whmcs = await here.setUp()
  const asked = async () => (await whmcs.state()).calls.filter((action) => action === 'UpdateClientProduct').length
  /** Somebody looks, ten minutes after a run was cut off behind the change. */
  const cutOff = async (services?: []) => {
    await whmcs.change(() => ({ dies: true }))
    await here.tell(usage)
    await expect(whmcs.ask('hook', CRON)).rejects.toMatchObject({ code: 9 })
    await whmcs.change(() => ({ dies: false, ...(services && { services }) }))
    const sending = here.store.db.updateTable('whmcs_messages').set({ sending_since: new Date(Date.now() - 601_000) })
    await sending.where('state', '=', 'sending').execute()
    await whmcs.ask('hook', CRON)
    return (await here.messagesOf(26)).map(({ state }) => state)
  }
  expect(await cutOff()).toEqual(['done'])
  expect(await asked()).toBe(1)
  expect(await cutOff([])).toEqual(['done', 'unknown'])
  expect(await asked()).toBe(2)
})
