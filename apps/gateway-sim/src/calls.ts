import type { Parameter } from './query.ts'

/** One request as it reached the gateway. */
export type Call = {
  number: number
  /** When it came, in real milliseconds since some instant: how fast clients call is a matter of real time. */
  atMs: number
  method: string
  service: string | undefined
  /** In the order of the request; flags have the value null. */
  parameters: Parameter[]
  /** The request target byte for byte. */
  url: string
  /** In the order and spelling of the request. */
  headerNames: string[]
  httpVersion: string
  body: string
  isConnectionReused: boolean
  /** The status answered; undefined while there is none, or where there was none. */
  status: number | undefined
  /** Whether the operation was carried out without being refused. */
  isCarriedOut: boolean
}

const KEPT_AT_MOST = 20_000

export const createCalls = () => {
  let calls: Call[] = []
  let number = 0
  return {
    add(call: Omit<Call, 'number' | 'atMs' | 'status' | 'isCarriedOut'>): Call {
      number += 1
      const kept: Call = { number, atMs: performance.now(), ...call, status: undefined, isCarriedOut: false }
      if (calls.length >= KEPT_AT_MOST) calls = calls.slice(KEPT_AT_MOST / 2)
      calls.push(kept)
      return kept
    },
    list: (): Call[] => [...calls],
    clear: () => {
      calls = []
    },
  }
}

export type Calls = ReturnType<typeof createCalls>
