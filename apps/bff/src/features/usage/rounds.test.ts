import { type ProblemKind, problem } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { createRounds, pauseAfter } from './rounds.ts'

const trouble = { tell: async () => {} }
const log = { info: () => {}, warn: () => {} }
const now = () => new Date('2026-11-01T00:00:00Z')
const listed = { collectedAt: '2026-11-01T00:00:00Z', objectsListed: 2, objectsPending: 0 }
const pause = (kind: ProblemKind, times: number) => pauseAfter({ error: problem(kind), times })

describe('the rounds of a collector', () => {
  test('come later and later while the gateway or the store fails, but at least every five minutes', () => {
    expect([1, 2, 3, 20].map((times) => pause('gateway-unreachable', times))).toEqual([5_000, 10_000, 20_000, 300_000])
    expect(pause('store-unavailable', 1)).toBe(5_000)
    expect(pauseAfter(null)).toBe(60_000)
  })

  test('do not hammer a gateway that refuses the key', () => {
    expect(pause('gateway-key-wrong', 1)).toBe(900_000)
    expect(pause('gateway-key-not-system', 1)).toBe(900_000)
  })

  test('never overlap', async () => {
    let running = 0
    let most = 0
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
    }
    const rounds = createRounds({ work, log, now, cluster: 'demo', isOurs: () => true, trouble })
    await Promise.all([rounds.round(), rounds.round(), rounds.round()])
    expect(most).toBe(1)
  })

  test('say how it stands', async () => {
    let failure: Error | null = null
    const work = async () => {
      if (failure) throw failure
    }
    const rounds = createRounds({ work, log, now, cluster: 'demo', isOurs: () => true, trouble })
    expect(rounds.judge({ ...listed, collectedAt: null }).state).toBe('starting')
    expect(rounds.judge({ ...listed, objectsListed: 0 }).state).toBe('off')
    expect(rounds.judge({ ...listed, objectsPending: 1 }).state).toBe('catching-up')
    expect(rounds.judge(listed)).toMatchObject({ state: 'up-to-date', detail: null })

    failure = problem('gateway-unreachable')
    await expect(rounds.round()).rejects.toBe(failure)
    expect(rounds.judge(listed)).toMatchObject({ state: 'failing', detail: 'The storage gateway does not answer' })

    failure = new Error('connect ECONNREFUSED 10.0.0.5')
    await expect(rounds.round()).rejects.toBe(failure)
    expect(rounds.judge(listed).detail).toBe('Something failed on our side')

    failure = null
    await rounds.round()
    expect(rounds.judge(listed).state).toBe('up-to-date')
  })

  test('say that the store fails, and not that another process collects, when the lease ran out with the store', () => {
    const rounds = createRounds({ work: async () => {}, log, now, cluster: 'demo', isOurs: () => false, trouble })
    expect(rounds.judge(listed)).toMatchObject({ state: 'standby', detail: null })
    const failing = rounds.judge(listed, null, problem('store-unavailable'))
    expect(failing).toMatchObject({ state: 'store-failing', detail: expect.stringContaining('nothing is deleted') })
    expect(rounds.judge(listed).state).toBe('standby')
  })
})
