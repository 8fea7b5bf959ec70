import type { QueueOptions } from './message-queue.ts'
import { queueToFake } from './queue-to-fake.ts'
import { sharedWhmcs } from './shared-whmcs.ts'

export { SECRET } from './message-queue.ts'

const CLIENTS = 10

/** Makes queues, each with a worker on a clock of its own, to one simulated WHMCS for the tests of a file. */
export const outboxes = () => {
  const whmcs = sharedWhmcs({ clients: CLIENTS })
  return async (options: QueueOptions = {}) => {
    const { fake, database } = whmcs()
    const { control } = fake
    const queue = await queueToFake(fake, { ...options, database: options.mode === 'database' ? database : null })
    return {
      ...queue,
      fake,
      control,
      /** What arrived, whatever became of it. */
      actions: () => control.calls().map(({ action }) => action),
    }
  }
}
