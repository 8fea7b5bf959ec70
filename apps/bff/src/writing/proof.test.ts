import { problem } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { sendAndProve } from './proof.ts'

const tried = (given: { sent?: Error; found: (string | Error)[] }) => {
  const counts = { sent: 0, read: 0, waited: 0 }
  const outcome = sendAndProve({
    send: async () => {
      counts.sent++
      if (given.sent) throw given.sent
    },
    read: async () => {
      const found = given.found[Math.min(counts.read++, given.found.length - 1)] ?? ''
      if (found instanceof Error) throw found
      return found
    },
    holds: (found) => found === 'wanted',
    difference: (found) => `found ${found}`,
    wait: async () => {
      counts.waited++
    },
  })
  return { outcome, counts }
}

const failure = async (outcome: Promise<unknown>) =>
  (await outcome.then(
    () => undefined,
    (error: { problem: object }) => error.problem,
  )) as object

describe('a write that is read back', () => {
  test('is done when the gateway shows it, even after a while', async () => {
    const { outcome, counts } = tried({ found: ['old', 'old', 'wanted'] })
    expect(await outcome).toBe('wanted')
    expect(counts).toEqual({ sent: 1, read: 3, waited: 2 })
  })

  test('is not applied when five readings show something else', async () => {
    const { outcome, counts } = tried({ found: ['old'] })
    expect(await failure(outcome)).toMatchObject({ type: '/problems/not-applied', detail: 'found old' })
    expect(counts).toEqual({ sent: 1, read: 5, waited: 4 })
  })

  test('is refused without reading when the gateway refused it', async () => {
    const { outcome, counts } = tried({ sent: problem('gateway-refused'), found: ['wanted'] })
    expect(await failure(outcome)).toMatchObject({ type: '/problems/gateway-refused' })
    expect(counts).toMatchObject({ sent: 1, read: 0 })
  })

  test('is done after a lost reply when one reading proves it', async () => {
    const { outcome, counts } = tried({ sent: problem('outcome-unknown'), found: ['wanted'] })
    expect(await outcome).toBe('wanted')
    expect(counts).toEqual({ sent: 1, read: 1, waited: 0 })
  })

  test('is unknown after a lost reply when one reading proves nothing, and is not sent again', async () => {
    const { outcome, counts } = tried({ sent: problem('outcome-unknown'), found: ['old', 'wanted'] })
    expect(await failure(outcome)).toMatchObject({ type: '/problems/outcome-unknown' })
    expect(counts).toEqual({ sent: 1, read: 1, waited: 0 })
  })

  test('is unknown when it cannot be read back', async () => {
    const { outcome } = tried({ found: [problem('gateway-unreachable')] })
    expect(await failure(outcome)).toMatchObject({
      type: '/problems/outcome-unknown',
      detail: 'The gateway accepted the request, but could not be read back',
    })
  })
})
