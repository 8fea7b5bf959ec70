import { expect, onTestFinished, test } from 'vitest'
import { sharedWhmcs } from '../test/shared-whmcs.ts'
import { alterNotes, apiOf } from '../test/whmcs-world.ts'
import { type WhmcsDatabase, whmcsNotesOf } from './adapters/whmcs/notes.ts'
import { whmcsOf } from './adapters/whmcs/open-whmcs.ts'
import { createWhmcsHealth } from './whmcs-health.ts'

const needs = { linkField: false, usage: false, database: true }
const shared = sharedWhmcs({ clients: 1 })

const watching = () => {
  const { fake, database } = shared()
  let minute = 0
  const now = () => new Date(Date.UTC(2026, 10, 2, 10, minute))
  const health = createWhmcsHealth({ isOff: false, needs, now })
  const whmcs = health.watch(whmcsOf(apiOf(fake)))
  onTestFinished(() => whmcs.close())
  const notesOf = (changes: Partial<WhmcsDatabase> = {}) => {
    const notes = health.watchNotes(whmcsNotesOf({ ...database, ...changes }))
    onTestFinished(() => notes.close())
    return notes
  }
  const later = () => {
    minute += 1
  }
  return { fake, control: fake.control, health, whmcs, notesOf, later }
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
    adminName: 'Storage Console',
    version: '8.13.1',
  })
  expect(allowed(here, 'AddClientNote')).toBeNull()
  here.later()
  await here.whmcs.addNote(1, 'x')
  expect(allowed(here, 'AddClientNote')).toBe(true)
  expect(here.health.read()).toMatchObject({
    since: '2026-11-02T10:01:00.000Z',
    checkedAt: '2026-11-02T10:02:00.000Z',
  })
  here.control.addFault({ kind: 'cut', times: 1 })
  await expect(here.whmcs.addNote(1, 'x')).rejects.toThrow('AddClientNote')
  expect(here.health.read()).toMatchObject({
    state: 'unreachable',
    detail: expect.stringContaining('WHMCS did not answer AddClientNote'),
  })
  await expect(here.whmcs.addNote(4711, 'x')).rejects.toThrow('Client ID not found')
  expect(here.health.read()).toMatchObject({ state: 'ok', detail: null })
})

test('an action that is needed and not allowed stays a fault while others are well, until it is allowed', async () => {
  const here = watching()
  const { allowedActions } = here.control.set({})
  here.control.set({
    allowedActions: allowedActions.filter((name) => name !== 'LogActivity' && name !== 'GetInvoices'),
  })
  await expect(here.whmcs.invoiceWith(1, 'x')).rejects.toThrow('GetInvoices')
  await here.whmcs.describe()
  expect(here.health.read().state).toBe('ok')
  await expect(here.whmcs.logActivity(1, 'x')).rejects.toThrow('LogActivity')
  await here.whmcs.describe()
  expect(here.health.read()).toMatchObject({
    state: 'action-refused',
    detail: 'The credential may not ask for LogActivity',
  })
  here.control.set({ allowedActions })
  await here.whmcs.logActivity(1, 'x')
  expect(here.health.read()).toMatchObject({ state: 'ok', detail: null })
})

test('a table that is not as expected is told apart from a database that cannot be asked', async () => {
  const here = watching()
  const notes = here.notesOf()
  const database = () => here.health.read().database
  await notes.check()
  expect(database()).toEqual({ state: 'ok', detail: null })
  await alterNotes(here.fake, 'CHANGE note body TEXT NOT NULL', 'CHANGE body note TEXT NOT NULL')
  await notes.check()
  expect(database()).toEqual({ state: 'changed', detail: 'The table tblnotes has no column note' })
  // Nothing listens there.
  await expect(here.notesOf({ port: 1 }).check()).rejects.toThrow('does not answer')
  expect(database()).toEqual({ state: 'unreachable', detail: expect.stringContaining('does not answer') })
})
