import * as z from 'zod'
import type { Parameters } from './actions/action.ts'
import { intOf } from './php.ts'

/** Which calls a fault touches, and what it does to them. */
export const Fault = z.strictObject({
  /** Only this action. */
  action: z.string().optional(),
  /** Only calls that name this client by its number. */
  clientId: z.int().optional(),
  /** The first matching call it touches, counted from 1. */
  nth: z.int().min(1).optional(),
  /** How many calls it touches; all without it. */
  times: z.int().min(1).optional(),
  /** Waits before the request is looked at. */
  latencyMs: z.int().optional(),
  kind: z.enum([
    /** Nothing but `latencyMs`. */
    'none',
    /** The connection is cut without an answer. */
    'cut',
    /** There is never an answer. */
    'hang',
    /** Half of the answer, then the connection is cut. */
    'half',
    /** `status`, 500 unless it is said, with a page for people. */
    'html',
    /** The page for people who visit meanwhile, with 200. */
    'maintenance',
    /** A message of PHP before the JSON. */
    'warning',
    'empty',
    /** The true answer, said to be HTML. */
    'content-type',
    /** The true answer with megabytes of blanks after it. */
    'huge',
    /** 302 to `http://`. */
    'redirect',
    /** 403 with `message` as JSON. */
    'forbidden',
    /** The error `message` as WHMCS says it. */
    'error',
    /** `body` in place of the true answer. */
    'body',
  ]),
  /** Whether the call is carried out before. */
  isCarriedOut: z.boolean().optional(),
  status: z.int().min(200).max(599).optional(),
  message: z.string().optional(),
  body: z.string().optional(),
})
export type Fault = z.infer<typeof Fault>

const touches = ({ action, clientId }: Fault, { action: asked = '', clientid, userid }: Parameters): boolean =>
  (action === undefined || action.toLowerCase() === asked.toLowerCase()) &&
  (clientId === undefined || clientId === intOf(clientid ?? userid))

export const createFaults = () => {
  let kept: { fault: Fault; matched: number; touched: number }[] = []
  return {
    add: (fault: Fault): void => {
      kept.push({ fault, matched: 0, touched: 0 })
    },
    clear: (): void => {
      kept = []
    },
    /** The fault of a call, if one touches it. */
    of: (parameters: Parameters): Fault | null => {
      for (const entry of kept) {
        const { fault } = entry
        if (!touches(fault, parameters)) continue
        entry.matched += 1
        if (entry.matched < (fault.nth ?? 1) || entry.touched >= (fault.times ?? Infinity)) continue
        entry.touched += 1
        return fault
      }
      return null
    },
  }
}

export type Faults = ReturnType<typeof createFaults>
