import { array, assert, asyncProperty, nat, shuffledSubarray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rollUpsOf } from '../../apps/bff/src/adapters/store/roll-ups.ts'
import { statisticsOf } from '../../apps/bff/src/adapters/store/statistics.ts'
import type { UsageRow } from '../../apps/bff/src/adapters/store/statistics-changes.ts'
import type { Store } from '../../apps/bff/src/adapters/store/store.ts'
import { missingIn, staleRollUpsIn, tornIn, totalsByHour } from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyStore } from '../../apps/bff/test/stores.ts'

const HALF_HOUR = 1_800_000
const START = Date.UTC(2026, 10, 1)
const SERVICES = ['8000000000000065', '8000000000000066']
const RUNS = Number(process.env['ARRIVAL_RUNS'] ?? 10)

type Version = { object: number; version: number }

/** Objects of two services; each grows twice before it is final. The third of the first service never comes. */
const OBJECTS = Array.from({ length: 10 }, (_, index) => {
  const service = SERVICES[index % 2] ?? ''
  const startedAt = new Date(START + Math.floor(index / 2) * HALF_HOUR)
  return { name: `s3-usage-${service}-${startedAt.toISOString()}-1800`, service, startedAt, isMissing: index === 4 }
})
const VERSIONS = OBJECTS.flatMap(({ isMissing }, object): Version[] =>
  isMissing ? [] : [1, 2, 3].map((version) => ({ object, version })),
)

const rowOf = ({ object, version }: Version): UsageRow => ({
  bucket: `bucket-${object % 3}`,
  epoch: 1n,
  userId: `user-${object % 2}`,
  tag: '',
  putOps: BigInt(version),
  getOps: BigInt(object * 10 + version),
  listOps: 0n,
  otherOps: 1n,
  uploadedBytes: BigInt(object * 1000 + version),
  downloadedBytes: 2n ** 60n + BigInt(version),
})

const listed = async (store: Store) => {
  const at = new Date(START + 86_400_000)
  await statisticsOf(store).recordListing('demo', {
    objects: OBJECTS.filter(({ isMissing }) => !isMissing).map(({ name, service, startedAt }) => ({
      name,
      serviceId: service,
      startedAt,
      nominalSeconds: 1800,
      fault: null,
    })),
    at,
    coversUntil: new Date(START + 5 * HALF_HOUR),
    isWhole: true,
  })
}

/** As a collector stores what it read at an instant; a reading may be stored after a later one. */
const arrive = async (store: Store, { object, version }: Version) => {
  const statistics = statisticsOf(store)
  const { name } = OBJECTS[object] ?? { name: '' }
  const found = await statistics.find('demo', name)
  if (!found) throw new Error(`${name} was not listed`)
  const at = new Date(START + 86_400_000 + version * 60_000)
  await statistics.save('demo', [
    {
      kind: 'stored',
      name,
      at,
      objectNo: found.objectNo,
      startedAt: found.startedAt,
      periodSeconds: 1800,
      formatVersion: 1,
      sha256: `hash-${version}`,
      unchangedSince: at,
      isClosed: version === 3,
      dueAt: null,
      content: {
        body: new Uint8Array([version]),
        rows: [
          rowOf({
            object,
            version,
          }),
        ],
      },
    },
  ])
}

const outcomeOf = async (store: Store) => {
  await rollUpsOf(store).refresh('demo', { until: new Date(START + 2 * 86_400_000) })
  return {
    sums: await totalsByHour(store),
    missing: (await missingIn(store)).get(SERVICES[0] ?? '')?.filter(({ from }) => from < START + 4 * HALF_HOUR),
    torn: await tornIn(store),
    stale: await staleRollUpsIn(store),
  }
}

describe.each(ENGINES)('the order in which readings are stored on %s', (engine) => {
  test('changes no sum and no gap', { timeout: 240_000 }, async () => {
    const first = await emptyStore(engine)
    await listed(first)
    for (const version of VERSIONS) await arrive(first, version)
    const expected = await outcomeOf(first)
    expect(expected.sums.size).toBeGreaterThan(5)
    expect(expected).toMatchObject({ torn: [], stale: 0 })
    expect(expected.missing).toEqual([{ from: START + 2 * HALF_HOUR, to: START + 3 * HALF_HOUR }])

    const order = shuffledSubarray(VERSIONS, { minLength: VERSIONS.length })
    const pauses = array(nat({ max: VERSIONS.length }), { maxLength: 4 })
    await assert(
      asyncProperty(order, pauses, async (versions, at) => {
        const store = await emptyStore(engine)
        await listed(store)
        for (const [index, version] of versions.entries()) {
          await arrive(store, version)
          if (at.includes(index)) await rollUpsOf(store).refresh('demo', { until: new Date(START + 2 * 86_400_000) })
        }
        expect(await outcomeOf(store)).toEqual(expected)
      }),
      { numRuns: RUNS },
    )
  })
})
