import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { blankPlace } from '../../../test/stores.ts'
import { openLocks } from './postgres-locks.ts'
import { openStore } from './store.ts'

const twoProcesses = async () => {
  const place = await blankPlace('postgresql')
  const one = await openStore(place)
  onTestFinished(() => one.close())
  const other = await openStore(place)
  onTestFinished(() => other.close())
  return { one, other }
}

test('two processes on one database work on a subject one after the other, also when the first fails', async () => {
  const { one, other } = await twoProcesses()
  const seen: string[] = []
  const { promise: untilGoesOn, resolve: goOn } = Promise.withResolvers<void>()
  const { promise: untilBegun, resolve: begin } = Promise.withResolvers<void>()
  const first = one.alone('user', async () => {
    begin()
    await untilGoesOn
    seen.push('first')
    throw new Error('it fails')
  })
  await untilBegun
  const second = other.alone('user', async () => seen.push('second'))
  await other.alone('another user', async () => seen.push('another'))
  goOn()
  await expect(first).rejects.toThrow('it fails')
  await second
  expect(seen).toEqual(['another', 'first', 'second'])
})

test('what a process held is free when its connections are lost', async () => {
  const { one, other } = await twoProcesses()
  await one.alone('user', async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(other.db)
    expect(await other.alone('user', async () => 'free')).toBe('free')
  })
  expect(await one.alone('user', async () => 'again')).toBe('again')
})

test('a name that the database cannot hold costs no lock', async () => {
  const { one, other } = await twoProcesses()
  const seen: string[] = []
  const { promise: untilGoesOn, resolve: goOn } = Promise.withResolvers<void>()
  const held = one.alone('user', async () => {
    await one.alone('no\0body', async () => seen.push('nobody'))
    goOn()
    await other.alone('another', async () => seen.push('another'))
    seen.push('user')
  })
  await untilGoesOn
  await other.alone('user', async () => seen.push('user elsewhere'))
  await held
  expect(seen).toEqual(['nobody', 'another', 'user', 'user elsewhere'])
})

test('a process that does not give a subject up is waited for as long as is sensible', async () => {
  const place = await blankPlace('postgresql')
  const store = await openStore(place)
  onTestFinished(() => store.close())
  const impatient = openLocks(place.databaseUrl ?? '', () => {}, { longestMs: 0 })
  onTestFinished(() => impatient.close())
  const work = vi.fn<() => Promise<void>>()
  await store.alone('user', async () => {
    await expect(impatient.alone('user', work)).rejects.toMatchObject({ problem: { type: '/problems/being-changed' } })
  })
  expect(work).not.toHaveBeenCalled()
})
