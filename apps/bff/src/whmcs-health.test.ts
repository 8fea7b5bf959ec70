import { expect, test } from 'vitest'
import { stubWhmcs } from '../test/stub-whmcs.ts'
import { createWhmcsHealth } from './whmcs-health.ts'

const needs = { linkField: false, usage: false, database: true }

const watching = () => {
  let minute = 0
  const now = () => new Date(Date.UTC(2026, 10, 2, 10, minute))
  const stub = stubWhmcs()
  const health = createWhmcsHealth({ isOff: false, needs, now })
  const whmcs = health.watch(stub.whmcs)
  const later = () => {
    minute += 1
  }
  return { ...stub, health, whmcs, notes: health.watchNotes(stub.database), later }
}

const allowed = ({ health }: Pick<ReturnType<typeof watching>, 'health'>, name: string) =>
  health.read().actions.find(({ action }) => action === name)?.isAllowed

test('how the console and WHMCS get on is learned from what is asked anyway', async () => {
  const here = watching()
  expect(here.health.read()).toMatchObject({ state: 'untried', checkedAt: null, database: { state: 'untried' } })
  here.later()
  await here.whmcs.describe()
  expect(here.health.read()).toMatchObject({
    state: 'ok',
    since: '2026-11-02T10:01:00.000Z',
    adminName: 'Console',
    version: '9.0.1',
  })
  expect(allowed(here, 'AddClientNote')).toBeNull()
  here.later()
  await here.whmcs.addNote(1, 'x')
  expect(here.health.read()).toMatchObject({
    since: '2026-11-02T10:01:00.000Z',
    checkedAt: '2026-11-02T10:02:00.000Z',
  })
  here.fail(() => 'transport')
  await expect(here.whmcs.addNote(1, 'x')).rejects.toThrow('addNote')
  expect(here.health.read()).toMatchObject({ state: 'unreachable', detail: 'WHMCS addNote: transport' })
  here.fail(() => 'not-found')
  await expect(here.whmcs.addNote(1, 'x')).rejects.toThrow('addNote')
  expect(here.health.read()).toMatchObject({ state: 'ok', detail: null })
})

test('an action that is needed and not allowed stays a fault while others are well, until it is allowed', async () => {
  const here = watching()
  here.fail((action) => (action === 'logActivity' || action === 'invoiceWith' ? 'action-refused' : null))
  await expect(here.whmcs.invoiceWith(1, 'x')).rejects.toThrow('invoiceWith')
  await here.whmcs.describe()
  expect(here.health.read().state).toBe('ok')
  await expect(here.whmcs.logActivity(1, 'x')).rejects.toThrow('logActivity')
  await here.whmcs.describe()
  expect(here.health.read()).toMatchObject({
    state: 'action-refused',
    detail: 'The credential may not ask for LogActivity',
  })
  here.fail(() => null)
  await here.whmcs.logActivity(1, 'x')
  expect(here.health.read()).toMatchObject({ state: 'ok', detail: null })
})

test('a table that is not as expected is told apart from a database that cannot be asked', async () => {
  const here = watching()
  await here.notes.check()
  expect(here.health.read().database).toEqual({ state: 'ok', detail: null })
  const changed = here.health.watchNotes({ ...here.database, check: async () => 'there is no column "note"' })
  await changed.check()
  expect(here.health.read().database).toEqual({ state: 'changed', detail: 'there is no column "note"' })
  const lost = here.health.watchNotes({ ...here.database, check: () => Promise.reject(new Error('no route')) })
  await expect(lost.check()).rejects.toThrow('no route')
  expect(here.health.read().database).toEqual({ state: 'unreachable', detail: 'no route' })
})
