import type { Parameter } from '../query.ts'

/** Which calls a fault touches, and what it does to them. Whatever is left out of the first group matches all calls. */
export type Fault = {
  method?: string
  service?: string
  /** Parameters the call must have, with this value, or null for a flag or any value. */
  parameters?: Record<string, string | null>
  /** Only calls on a connection that carried another one before, as when it is closed while the next call is sent. */
  reused?: boolean
  /** The first matching call it touches, counted from 1. */
  nth?: number
  /** How many calls it touches; without it one if `nth` is given, otherwise all. */
  times?: number

  /** Waits before the request is looked at. */
  latencyMs?: number
  /** Answers with this status; the request is not carried out unless `commit` is set. */
  status?: number
  code?: string
  message?: string
  commit?: boolean
  /**
   * Carries the request out only when `release()` is called, with the answer then; at once answered if `status` says
   * so, and lost if `reset` is `before`. So a write takes effect after its client has given up.
   */
  hold?: boolean
  /** The body of an error of the front end, in HTML, without the gateway's headers. */
  html?: boolean
  /** A body in place of the true one. */
  body?: string
  headers?: Record<string, string>
  /** Sends this many bytes of the body and then closes. */
  cutAt?: number
  /** How the cut body is framed; `short` frames the rest as if it were whole and keeps the connection. */
  framing?: 'content-length' | 'chunked' | 'close' | 'short'
  /** Resets the connection before or after the request is carried out. */
  reset?: 'before' | 'after'
  /** Never answers, before or after the request is carried out. */
  hang?: 'before' | 'after'
  drip?: { bytes: number; everyMs: number }
  /** Sends the answer a second time on the same connection. */
  duplicate?: boolean
  dateShiftSeconds?: number
  /** A Date header as it stands here; empty: none. */
  date?: string
}

export type Seen = {
  method: string
  service: string | undefined
  parameters: readonly Parameter[]
  isConnectionReused: boolean
}

type Kept = { id: string; fault: Fault; matched: number; touched: number }

const hasParameter = (seen: Seen, name: string, value: string | null) =>
  seen.parameters.some((parameter) => parameter.name === name && (value === null || parameter.value === value))

const matches = (fault: Fault, seen: Seen) =>
  (fault.method === undefined || fault.method === seen.method) &&
  (fault.service === undefined || fault.service === seen.service) &&
  (fault.reused === undefined || fault.reused === seen.isConnectionReused) &&
  Object.entries(fault.parameters ?? {}).every(([name, value]) => hasParameter(seen, name, value))

export const createFaults = () => {
  let kept: Kept[] = []
  let serial = 0
  let waiting: (() => void)[] = []
  return {
    /** Returns an id to clear this fault alone. */
    add: (fault: Fault): string => {
      serial += 1
      kept.push({ id: `fault-${serial}`, fault, matched: 0, touched: 0 })
      return `fault-${serial}`
    },

    clear: (id?: string): void => {
      kept = id === undefined ? [] : kept.filter((one) => one.id !== id)
    },

    held: () => new Promise<void>((resolve) => waiting.push(resolve)),

    /** Lets go what is held, in the order it came. Returns how many there were. */
    release: (): number => {
      const released = waiting
      waiting = []
      for (const go of released) go()
      return released.length
    },

    list: () => kept.map(({ id, fault, touched }) => ({ id, fault, touched })),

    /** The fault of this call, if there is one: the first that matches and is due. */
    take: (seen: Seen): Fault | undefined => {
      let taken: Fault | undefined
      for (const one of kept) {
        if (!matches(one.fault, seen)) continue
        one.matched += 1
        const first = one.fault.nth ?? 1
        const times = one.fault.times ?? (one.fault.nth === undefined ? Infinity : 1)
        if (taken || one.matched < first || one.matched >= first + times) continue
        one.touched += 1
        taken = one.fault
      }
      return taken
    },
  }
}

export type Faults = ReturnType<typeof createFaults>
