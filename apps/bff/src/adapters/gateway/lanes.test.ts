import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { createLanes } from './lanes.ts'

const never = () => new Promise<void>(() => {})

test('whoever yields goes when nothing else is under way, and after a while in any case', async () => {
  const went: string[] = []
  const waited: number[] = []
  const over = Promise.withResolvers<void>()
  const wait = (ms: number) => {
    waited.push(ms)
    return over.promise
  }
  const lanes = createLanes({ wait })
  await lanes.clear()
  expect(waited).toEqual([])

  const end = Promise.withResolvers<void>()
  const call = lanes.first(() => end.promise)
  const yields = lanes.clear().then(() => went.push('bulk'))
  const other = lanes.first(async () => void went.push('short'))
  await other
  expect(went).toEqual(['short'])
  end.resolve()
  await Promise.all([call, yields])
  expect(went).toEqual(['short', 'bulk'])

  void lanes.first(never)
  const patient = lanes.clear().then(() => went.push('patient'))
  over.resolve()
  await patient
  expect(waited).toEqual([2000, 2000])
})

test('a call of the client that goes first holds up the other until it is answered, or fails', async () => {
  const lanes = createLanes({ wait: never })
  const { gateway, simulator } = await simulated({}, {}, { first: lanes.first })
  const { faults } = simulator.control
  faults.add({ hold: true, times: 1 })
  const slow = gateway.ping()
  await expect.poll(() => faults.list()[0]?.touched).toBe(1)
  const went: string[] = []
  const bulk = lanes.clear().then(() => went.push('bulk'))
  await setImmediate()
  expect(went).toEqual([])
  faults.release()
  await slow
  await bulk
  faults.clear()
  faults.add({ reset: 'before' })
  await expect(gateway.ping()).rejects.toThrow('The gateway does not answer')
  await lanes.clear()
})
