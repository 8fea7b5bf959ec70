import type { Fault } from '../../apps/gateway-sim/src/faults/faults.ts'

/** A seeded stream of numbers from 0 to 1 (mulberry32), so that a failing run can be repeated. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const KINDS: Omit<Fault, 'service' | 'nth'>[] = [
  { status: 503, code: 'SlowDown' },
  { status: 500 },
  { html: true },
  { reset: 'before' },
  { reset: 'after' },
  { cutAt: 40, framing: 'content-length' },
  { cutAt: 120, framing: 'chunked' },
  { cutAt: 75, framing: 'close' },
  { cutAt: 60, framing: 'short' },
  { body: '{"nr_items":3,"truncated":false,"items":["s3-usage-80' },
  { body: '' },
  { duplicate: true },
  { drip: { bytes: 64, everyMs: 1 } },
]

/** Faults of every kind for the next calls for statistics, each at a call of its own. */
export const randomFaults = (random: () => number, count: number, amongCalls: number): Fault[] =>
  Array.from({ length: count }, () => ({
    service: 'ostor-usage',
    nth: 1 + Math.floor(random() * amongCalls),
    ...KINDS[Math.floor(random() * KINDS.length)],
  }))
