import { describe, expect, test } from 'vitest'
import { openStore } from '../../apps/bff/src/adapters/store/store.ts'
import { gatewayWithStatistics, totalsIn } from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyPlace } from '../../apps/bff/test/stores.ts'
import { createKilling } from './killing.ts'

describe.each(ENGINES)('a change of the schema that is killed, on %s', (engine) => {
  test('goes on at the next start, wherever it was killed', { timeout: 1_200_000 }, async () => {
    const place = await emptyPlace(engine)
    const kill = await createKilling()
    // Each start comes one statement further into what the one before left.
    let step = 1
    while (await kill({ place, killAt: { step, by: 'itself' } })) step += 1
    expect(step).toBeGreaterThan(30)

    const gateway = await gatewayWithStatistics({ period: 1800, since: '2026-11-04T10:20:00Z' })
    const store = await openStore(place)
    await gateway.collector(store).round()
    expect(await totalsIn(store)).toEqual(gateway.control.oracle.usage())
    await store.close()
  })
})
