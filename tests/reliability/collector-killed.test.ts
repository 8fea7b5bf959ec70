import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore, type StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'
import { gatewayWithStatistics, tornIn, totalsBy, totalsIn } from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyPlace } from '../../apps/bff/test/stores.ts'
import type { Collecting } from './collector-process.ts'

const COLLECTOR = fileURLToPath(new URL('collector-process.ts', import.meta.url))
const KILLS = 20
const MINUTE = 60_000
const WORLD = { period: 300, services: 3, restarts: 6, users: 12, buckets: 40, itemsPerObject: 25 }

const below = (most: number) => Math.floor(Math.random() * most)

/** Where the process is killed: at the n-th line of this kind that it says. */
const somewhere = () => {
  const kind = ['begins', 'save begins', 'save ends', 'record begins', 'read ends'][below(5)] ?? ''
  return { kind, nth: kind.startsWith('record') ? 1 : 1 + below(kind.startsWith('save') ? 3 : 90) }
}

/** Runs one round in a process of its own and kills it somewhere in it. Answers whether it was killed in time. */
const collectAndKill = async (collecting: Collecting): Promise<boolean> => {
  const child = spawn(process.execPath, [COLLECTOR, JSON.stringify(collecting)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  const { kind, nth } = somewhere()
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.endsWith(kind)) seen += 1
    if (seen === nth) child.kill('SIGKILL')
  }
  return (await ended) === 'SIGKILL'
}

const open = async (place: StoreConfig) => {
  const store = await openStore(place)
  onTestFinished(() => store.close())
  return store
}

describe.each(ENGINES)('a collector that is killed again and again, on %s', (engine) => {
  test('counts every byte once', { timeout: 180_000 }, async () => {
    const place = await emptyPlace(engine)
    const gateway = await gatewayWithStatistics(WORLD)
    const { endpoint, accessKeyId, secretAccessKey, control } = gateway
    const { oracle, clock } = control

    let kills = 0
    for (let round = 0; round < KILLS; round += 1) {
      const wasKilled = await collectAndKill({
        place,
        gateway: { endpoint, accessKeyId, secretAccessKey },
        now: clock.now(),
      })
      kills += wasKilled ? 1 : 0
      const store = await openStore(place)
      expect(await tornIn(store)).toEqual([])
      await store.close()
      clock.advance(below(40) * MINUTE)
    }
    expect(kills).toBeGreaterThan(KILLS / 2)

    const store = await open(place)
    const collector = gateway.collector(store)
    for (const minutes of [0, 20, 20]) {
      clock.advance(minutes * MINUTE)
      await collector.round()
    }
    expect(await totalsIn(store)).toEqual(oracle.usage())
    expect(await totalsBy('user', store)).toEqual(oracle.usageBy('user'))
    expect(await totalsBy('bucket', store)).toEqual(oracle.usageBy('bucket'))
    expect(control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
  })
})
