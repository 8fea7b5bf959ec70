import { AsyncLocalStorage } from 'node:async_hooks'
import type { Headers } from './told.ts'

const collecting = new AsyncLocalStorage<string[]>()

const MOST = 20
/** The gateway sends 32 hex digits; what looks otherwise may come from anywhere. */
const LOOKS_SO = /^[\w.:-]{1,64}$/

/** Adds to `ids` under which number the gateway answered each write that the work makes. */
export const collectRequestIds = <T>(ids: string[], work: () => Promise<T>): Promise<T> => collecting.run(ids, work)

export const noteRequestId = (headers: Headers): void => {
  const ids = collecting.getStore()
  const id = headers['x-amz-request-id']
  if (ids && ids.length < MOST && typeof id === 'string' && LOOKS_SO.test(id)) ids.push(id)
}
