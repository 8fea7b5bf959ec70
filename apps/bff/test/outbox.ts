import { messageQueue, type QueueOptions } from './message-queue.ts'
import { stubWhmcs } from './stub-whmcs.ts'
import { testClock } from './test-clock.ts'

export { SECRET } from './message-queue.ts'

const START = Date.parse('2026-11-02T10:00:00Z')

/** A queue, a worker on a clock of its own, and a WHMCS that fails as it is told and takes 200 ms for each call. */
export const outbox = async (options: QueueOptions = {}) => {
  const clock = testClock(START)
  const stub = stubWhmcs({ takes: () => clock.later(200) })
  const notes = options.mode === 'database' ? stub.database : null
  return { ...stub, ...(await messageQueue({ whmcs: stub.whmcs, notes, clock }, options)) }
}
