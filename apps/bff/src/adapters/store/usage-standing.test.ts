import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { rollUpsOf } from './roll-ups.ts'
import { statisticsOf } from './statistics.ts'
import type { Change } from './statistics-changes.ts'
import type { Store } from './store.ts'
import { usageOf } from './usage.ts'

const SERVICE = '8000000000000065'
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 1, hour))
const nameOf = (hour: number): string => `s3-usage-${SERVICE}-${at(hour).toISOString()}-3600`
const NOW = at(12)

/** One object of an hour for each of them. */
const list = (store: Store, hours: number[]) =>
  statisticsOf(store).recordListing('demo', {
    objects: hours.map((hour) => ({
      name: nameOf(hour),
      startedAt: at(hour),
      serviceId: SERVICE,
      nominalSeconds: 3600,
      fault: null,
    })),
    at: NOW,
    coversUntil: NOW,
    isWhole: true,
  })

const read = async (store: Store, hours: number[], periodSeconds = 3600) => {
  const statistics = statisticsOf(store)
  const changes: Change[] = []
  for (const hour of hours) {
    const object = await statistics.find('demo', nameOf(hour))
    if (!object) throw new Error(`${nameOf(hour)} was not listed`)
    const { name, objectNo, startedAt } = object
    const of = { name, objectNo, startedAt, at: NOW, unchangedSince: NOW, periodSeconds, formatVersion: 1 }
    const content = { body: new Uint8Array([1]), rows: [] }
    changes.push({ kind: 'stored', ...of, sha256: 'hash', isClosed: true, dueAt: null, content })
  }
  await statistics.save('demo', changes)
}

const standing = (store: Store) =>
  usageOf(store).reading('demo', { from: at(0), to: at(12) }, async (reading) => reading.standing)

const objectsIn = async (store: Store, hour: number) => {
  const range = { from: at(hour), to: at(hour + 1) }
  const steps = { stepSeconds: 3600, originSeconds: 0 }
  const [found] = await usageOf(store).reading('demo', range, (reading) => reading.objects(steps))
  return found && { listed: found.listed, stored: found.stored, closed: found.closed }
}

describe.each(ENGINES)('what a range rests on, on %s', (engine) => {
  test('is not whole from the moment an object is put in quarantine until the gap it leaves is known', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await list(store, [0, 1, 2])
    await read(store, [0, 2])
    await rollUps.refresh('demo', { until: at(3) })
    expect(await standing(store)).toMatchObject({
      gaps: [],
      services: [{ listed: 3, closed: 2 }],
      completeUntil: at(1),
    })

    const poison = { name: nameOf(1), at: NOW, reason: 'not a body', dueAt: null, tries: 1 }
    await statisticsOf(store).save('demo', [{ kind: 'quarantined', ...poison }])
    expect(await standing(store)).toMatchObject({ gaps: [], services: [{ listed: 3, closed: 2 }] })
    expect(await objectsIn(store, 1)).toEqual({ listed: 1n, stored: 0n, closed: 0n })

    await rollUps.refresh('demo', { until: at(3) })
    const gap = { kind: 'missing', from: at(1), to: at(2) }
    expect(await standing(store)).toMatchObject({ gaps: [gap], services: [{ listed: 2 }], completeUntil: at(3) })
    expect(await objectsIn(store, 1)).toEqual({ listed: 0n, stored: 0n, closed: 0n })
  })

  test.each([
    { what: 'before the first that is counted', counted: [2], from: 1, to: 2 },
    { what: 'of a service of which nothing is counted', counted: [], from: 1, to: 3 },
  ])('is not whole where an object cannot be counted, $what', async ({ counted, from, to }) => {
    const store = await emptyStore(engine)
    await list(store, [1, 2])
    await read(store, counted)
    for (const hour of [1, 2].filter((each) => !counted.includes(each))) {
      const poison = { name: nameOf(hour), at: NOW, reason: 'not a body', dueAt: null, tries: 1 }
      await statisticsOf(store).save('demo', [{ kind: 'quarantined', ...poison }])
    }
    const gap = { kind: 'missing', from: at(from), to: at(to) }
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await rollUpsOf(store).refresh('demo', { until: at(3) })
      expect((await standing(store)).gaps).toEqual([expect.objectContaining(gap)])
    }
    // An admin who says when it was, or that it is true, closes it.
    await read(store, [1, 2])
    await rollUpsOf(store).refresh('demo', { until: at(3) })
    expect((await standing(store)).gaps).toEqual([])
  })

  test('is complete while a counted object is read again or deleted at the gateway, the last one too', async () => {
    const store = await emptyStore(engine)
    await list(store, [0, 1, 2])
    await read(store, [0, 1, 2])
    await rollUpsOf(store).refresh('demo', { until: at(3) })
    const whole = { gaps: [], services: [{ listed: 3, closed: 3 }], completeUntil: at(3) }
    for (const hour of [1, 2]) {
      await statisticsOf(store).save('demo', [{ kind: 'gone', name: nameOf(hour), at: NOW }])
      expect(await standing(store)).toMatchObject(whole)
    }
    await read(store, [2])
    expect(await standing(store)).toMatchObject(whole)
  })

  test('stays as it is when an object is to be read again, or stays in quarantine', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await list(store, [0, 1, 2])
    await read(store, [0, 2])
    const poison = { name: nameOf(1), at: NOW, reason: 'not a body', dueAt: NOW, tries: 1 }
    await statisticsOf(store).save('demo', [{ kind: 'quarantined', ...poison }])
    await rollUps.refresh('demo', { until: at(3) })
    const known = await standing(store)
    expect(known).toMatchObject({ services: [{ listed: 2, closed: 2 }], completeUntil: at(3) })
    await statisticsOf(store).save('demo', [{ kind: 'quarantined', ...poison, tries: 2 }])
    await statisticsOf(store).save('demo', [{ kind: 'retry', name: nameOf(0), at: NOW, dueAt: NOW, tries: 1 }])
    expect(await standing(store)).toEqual(known)
  })

  test('is not whole while nobody looked for what an object that ended early leaves open', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await list(store, [0, 1, 2])
    await read(store, [0, 2])
    await rollUps.refresh('demo', { until: at(3) })
    await read(store, [1], 1200)
    expect(await standing(store)).toMatchObject({ gaps: [], services: [{ listed: 3, closed: 2 }] })
    await rollUps.refresh('demo', { until: at(3) })
    const gap = { kind: 'short', from: new Date(at(1).getTime() + 1_200_000), to: at(2) }
    expect(await standing(store)).toMatchObject({ gaps: [gap], services: [{ listed: 3, closed: 3 }] })
  })

  test('is not complete up to an object that was read while what is missing before it is not known', async () => {
    const store = await emptyStore(engine)
    const rollUps = rollUpsOf(store)
    await list(store, [0, 1])
    await read(store, [0, 1])
    await rollUps.refresh('demo', { until: at(2) })
    await list(store, [0, 1, 9])
    await read(store, [9])
    expect(await standing(store)).toMatchObject({ gaps: [], completeUntil: at(2) })

    await rollUps.refresh('demo', { until: at(10) })
    const gap = { kind: 'missing', from: at(2), to: at(9) }
    expect(await standing(store)).toMatchObject({ gaps: [gap], completeUntil: at(10) })
  })
})
