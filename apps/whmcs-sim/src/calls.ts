/** One request as it arrived. */
export type Call = {
  number: number
  /** In real milliseconds since some instant. */
  atMs: number
  action: string
  /** All of the form, credentials included. */
  parameters: Record<string, string>
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  /** How many requests were being answered when it came, itself included. */
  underWay: number
  /** What became of it: `done`, the message of a refusal, or `null` when it was not carried out. */
  outcome: string | null
}

const KEPT_AT_MOST = 50_000

export const createCalls = () => {
  let calls: Call[] = []
  let number = 0
  return {
    add: (call: Omit<Call, 'number' | 'atMs' | 'outcome'>): Call => {
      number += 1
      const kept = { number, atMs: performance.now(), ...call, outcome: null }
      if (calls.length >= KEPT_AT_MOST) calls = calls.slice(KEPT_AT_MOST / 2)
      calls.push(kept)
      return kept
    },
    list: (): Call[] => [...calls],
    clear: (): void => {
      calls = []
    },
  }
}

export type Calls = ReturnType<typeof createCalls>
