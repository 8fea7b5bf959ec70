import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '@ostor-console/shared/problem'
import type { StatisticsDetail, StatisticsPage } from '@ostor-console/shared/statistics'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bodyOf, totalsIn } from '../../../test/collecting.ts'
import { CLUSTER, world } from '../../../test/world.ts'
import { backupsOf } from '../../adapters/store/backups.ts'
import { safekeepingOf } from '../../adapters/store/safekeeping.ts'

const NOW = '2026-11-04T12:00:00Z'
const START = '2026-11-02T13:00:00.000Z'
const NAME = `s3-usage-8000000000000065-${START}-1800`
const AT = `${CLUSTER}/statistics`

const collected = async (options: { isCollected?: boolean; names1970?: number; backupDir?: string } = {}) => {
  const { isCollected = true, backupDir = null, ...simulated } = options
  const simulator = { now: NOW, days: 3, ...simulated }
  const made = await world({ simulator, now: () => new Date(NOW), config: { backupDir } })
  const { clock } = made.simulator.control
  clock.setNow(NOW)
  clock.freeze()
  if (isCollected) await made.collector.round()
  const list = async (query = '') => (await made.admin('GET', `${AT}${query}`)).json<StatisticsPage>()
  const read = async (name: string) => (await made.admin('GET', `${AT}/${name}`)).json<StatisticsDetail>()
  const remove = (name: string, confirmName = name) => made.admin('DELETE', `${AT}/${name}`, { confirmName })
  const deletes = () => made.simulator.control.calls().filter(({ method }) => method === 'DELETE')
  return { ...made, list, read, remove, deletes }
}

const closedName = ({ items }: StatisticsPage) => items.find(({ state }) => state === 'closed')?.name ?? ''

const newestFirst = (a: string, b: string) => (b.slice(26) + b).localeCompare(a.slice(26) + a)

describe('the list of statistics objects', () => {
  test('is paged from the newest to the oldest, each object once', async () => {
    const { list, simulator } = await collected()
    const seen: string[] = []
    let pages = 0
    for (let query: string | null = '?limit=100'; query !== null; pages += 1) {
      const page: StatisticsPage = await list(query)
      seen.push(...page.items.map(({ name }) => name))
      expect(page.matching).toBe(simulator.control.oracle.objects().length)
      query = page.next && `?limit=100&after=${page.next}`
    }
    expect(pages).toBe(3)
    const expected = simulator.control.oracle.objects().map(({ name }) => name)
    expect(seen).toEqual(expected.toSorted(newestFirst))
  })

  test('is filtered by service and by state', async () => {
    const { list } = await collected({ names1970: 2 })
    const { services, listedAt } = await list()
    expect(services).toEqual(['8000000000000065', '8000000000000066'])
    expect(listedAt).toBe('2026-11-04T12:00:00.000Z')
    const one = await list('?serviceId=8000000000000066&limit=500')
    expect(new Set(one.items.map(({ serviceId }) => serviceId))).toEqual(new Set(['8000000000000066']))
    expect(one.matching).toBe(one.items.length)

    const quarantined = await list('?state=quarantined')
    expect(quarantined.items).toHaveLength(2)
    expect(quarantined.items[0]).toMatchObject({ periodSeconds: null, itemCount: null, readAt: null })
    expect(quarantined.items[0]?.reason).toContain('1970')
  })

  test('is empty, and says since when, before anything was collected', async () => {
    const { list } = await collected({ isCollected: false })
    expect(await list()).toEqual({ items: [], next: null, matching: 0, services: [], listedAt: null })
  })
})

describe('a statistics object', () => {
  test('shows all that the gateway wrote, to the last digit', async () => {
    const { collector, read, simulator } = await collected({ isCollected: false })
    const item = { bucket: 'photos', userId: 'b81d6c5f895a8c86', uploaded: '9007199254740993', get: '3' }
    simulator.control.statistics.plant(NAME, bodyOf(START, item))
    await collector.round()
    expect(await read(NAME)).toEqual({
      name: NAME,
      serviceId: '8000000000000065',
      startedAt: START,
      nominalSeconds: 1800,
      periodSeconds: 1800,
      formatVersion: 1,
      decision: null,
      decidedBy: null,
      decidedAt: null,
      state: 'closed',
      itemCount: 1,
      readAt: '2026-11-04T12:00:00.000Z',
      reason: null,
      isBackedUp: false,
      safeToDelete: true,
      items: [
        {
          bucket: 'photos',
          epoch: '1',
          userId: 'b81d6c5f895a8c86',
          tag: '',
          putOps: '0',
          getOps: '3',
          listOps: '0',
          otherOps: '0',
          uploadedBytes: '9007199254740993',
          downloadedBytes: '0',
        },
      ],
    })
  })

  test('that was only listed is read when it is asked for', async () => {
    const { collector, list, read, simulator } = await collected({ isCollected: false })
    const fault = simulator.control.faults.add({ service: 'ostor-usage', parameters: { obj: null }, status: 403 })
    await expect(collector.round()).rejects.toThrow('403')
    simulator.control.faults.clear(fault)
    const [listed] = (await list('?state=listed')).items
    expect(await read(listed?.name ?? '')).toMatchObject({ state: 'open', itemCount: expect.any(Number) })
  })

  test('B45: is found by an exact name and by nothing else', async () => {
    const { admin } = await collected({ isCollected: false })
    const names = [
      '..%2f..%2fetc%2fpasswd',
      '..%2f',
      '%00',
      '%0d%0aHost:%20x',
      'a&obj=b',
      'a%23b',
      'a%3fb',
      'a'.repeat(5000),
    ]
    for (const name of names) {
      const { statusCode } = await admin('GET', `${AT}/${name}`)
      expect.soft([400, 414], name.slice(0, 20)).toContain(statusCode)
    }
    const unknown = await admin('GET', `${AT}/${NAME}`)
    expect(unknown.json()).toMatchObject({ type: '/problems/statistics-object-not-found', status: 404 })
  })

  test('B47, B48: a page that cannot be is refused', async () => {
    const { admin } = await collected({ isCollected: false })
    const queries = ['limit=0', 'limit=-1', 'limit=1000000000', 'limit=', 'limit=10abc', 'limit=1&limit=2', 'limit[]=5']
    for (const query of [
      ...queries,
      `after=${NAME}`,
      `after=${'a'.repeat(5000)}`,
      'after=%0d%0a',
      '__proto__=5',
      'sort=name',
    ])
      expect.soft((await admin('GET', `${AT}?${query}`)).statusCode, query.slice(0, 20)).toBe(400)
  })
})

describe('deleting a statistics object at the gateway', () => {
  test('leaves its figures in the console', async () => {
    const { list, read, remove, store, simulator } = await collected()
    const name = closedName(await list('?limit=500'))
    const before = await totalsIn(store)
    expect((await remove(name)).statusCode).toBe(204)
    expect(simulator.control.oracle.objects().find((object) => object.name === name)?.isDeleted).toBe(true)
    expect(await totalsIn(store)).toEqual(before)
    expect(await read(name)).toMatchObject({ state: 'gone', safeToDelete: false })
    expect((await remove(name)).json<Problem>().type).toBe('/problems/statistics-object-not-found')
  })

  test('is written down with who did it', async () => {
    const { admin, list, remove } = await collected()
    const name = closedName(await list('?limit=500'))
    await remove(name)
    const { items } = (await admin('GET', `${CLUSTER}/audit?action=statistics.delete`)).json<{ items: object[] }>()
    expect(items).toEqual([expect.objectContaining({ target: name, outcome: 'done', actor: 'admin@example.com' })])
  })

  test('needs the name to be typed', async () => {
    const { deletes, list, remove } = await collected()
    const name = closedName(await list('?limit=500'))
    const reply = await remove(name, name.slice(0, -1))
    expect(reply.json()).toMatchObject({ type: '/problems/confirmation-wrong', status: 400 })
    expect(deletes()).toEqual([])
  })

  test('W19: B52: is refused while the object is not final', async () => {
    const { deletes, list, remove } = await collected({ names1970: 1 })
    for (const state of ['open', 'quarantined']) {
      const [object] = (await list(`?state=${state}`)).items
      expect((await remove(object?.name ?? '')).json()).toMatchObject({
        type: '/problems/statistics-not-safe',
        status: 409,
      })
    }
    expect(deletes()).toEqual([])
  })

  test('B52: is refused while no verified backup holds it, where the console backs up', async () => {
    const backupDir = await mkdtemp(join(tmpdir(), 'ostor-console-backups-'))
    onTestFinished(() => rm(backupDir, { recursive: true, force: true }))
    const { deletes, list, read, remove, store } = await collected({ backupDir })
    const name = closedName(await list('?limit=500'))
    expect(await read(name)).toMatchObject({ isBackedUp: false, safeToDelete: false })
    expect((await remove(name)).json()).toMatchObject({ type: '/problems/statistics-not-safe', status: 409 })
    expect(deletes()).toEqual([])
    await backupsOf(store).take(join(backupDir, 'one'))
    expect(await read(name)).toMatchObject({ isBackedUp: true, safeToDelete: true })
    expect((await remove(name)).statusCode).toBe(204)
    expect(await safekeepingOf(store).deletedSoFar('demo')).toBe(1)
  })

  test('is refused when it changed after it was stored, and what it holds now is stored', async () => {
    const { collector, deletes, read, remove, simulator } = await collected({ isCollected: false })
    const { plant } = simulator.control.statistics
    plant(NAME, bodyOf(START, { uploaded: '5' }))
    await collector.round()
    plant(NAME, bodyOf(START, { uploaded: '7' }))
    expect((await remove(NAME)).json()).toMatchObject({ type: '/problems/statistics-not-safe', status: 409 })
    expect(deletes()).toEqual([])
    expect(await read(NAME)).toMatchObject({ state: 'open', items: [{ uploadedBytes: '7' }] })
  })

  test.each([
    ['cannot be read', bodyOf(START, { uploaded: '5' }).slice(0, 120), 'closed'],
    ['cannot be true', bodyOf('1970-01-01T00:00:05Z', { uploaded: '5' }), 'quarantined'],
    ['tells less than what is stored', bodyOf(START, { uploaded: '4' }), 'quarantined'],
  ])('is refused when what the gateway has of it just then %s', async (_, body, state) => {
    const { collector, deletes, read, remove, simulator } = await collected({ isCollected: false })
    const { plant } = simulator.control.statistics
    plant(NAME, bodyOf(START, { uploaded: '5' }))
    await collector.round()
    plant(NAME, body)
    const refused = (await remove(NAME)).json<Problem>()
    expect(refused).toMatchObject({ type: '/problems/statistics-not-safe', status: 409 })
    expect(refused.detail).toContain('cannot be read or counted')
    expect(deletes()).toEqual([])
    expect(await read(NAME)).toMatchObject({ state, items: [{ uploadedBytes: '5' }] })
  })

  test('sends nothing when somebody else deleted it already', async () => {
    const { deletes, list, read, remove, simulator } = await collected()
    const name = closedName(await list('?limit=500'))
    simulator.control.statistics.remove(name)
    expect((await remove(name)).statusCode).toBe(404)
    expect(deletes()).toEqual([])
    expect((await read(name)).state).toBe('gone')
  })

  test('a lost answer is done when the object is gone, and unknown when not, and is asked for only once', async () => {
    const { deletes, list, read, remove, simulator } = await collected()
    const name = closedName(await list('?limit=500'))
    const { faults } = simulator.control
    faults.add({ service: 'ostor-usage', method: 'DELETE', reset: 'before' })
    expect((await remove(name)).json()).toMatchObject({
      type: '/problems/outcome-unknown',
      operationId: expect.any(String),
    })
    expect(deletes()).toHaveLength(1)
    expect((await read(name)).state).toBe('closed')

    faults.clear()
    faults.add({ service: 'ostor-usage', method: 'DELETE', reset: 'after' })
    expect((await remove(name)).statusCode).toBe(204)
    expect(deletes()).toHaveLength(2)
    expect((await read(name)).state).toBe('gone')
  })

  test('two admins who delete the same object at the same time delete it once', async () => {
    const { deletes, list, remove } = await collected()
    const name = closedName(await list('?limit=500'))
    const replies = await Promise.all([remove(name), remove(name)])
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([204, 404]))
    expect(deletes()).toHaveLength(1)
  })
})
