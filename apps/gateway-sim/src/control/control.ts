import type { Call, Calls } from '../calls.ts'
import type { Faults } from '../faults/faults.ts'
import type { World } from '../operations/operation.ts'
import type { Counters } from '../statistics/traffic.ts'
import type { State, User } from '../world/users.ts'
import { createOracle } from './oracle.ts'

export type NewUser = { email: string; keys?: number; flags?: string[]; state?: State }
export type NewBucket = {
  name: string
  /** The UserId of its owner. */
  owner: string
  bytes?: number
}

export type NewTraffic = Partial<Counters> & { user: string; bucket: string; at?: number; epoch?: number; tag?: string }

/** What a test may know and do past the wire. */
export const createControl = (world: World, faults: Faults, calls: Calls) => {
  const { users, buckets, statistics, clock } = world

  const indexOf = (id: string): number => {
    const index = users.indexOfId(id)
    if (index === undefined) throw new Error(`there is no user ${id}`)
    return index
  }

  return {
    oracle: createOracle(world),
    faults: { add: faults.add, clear: faults.clear, list: faults.list, release: faults.release },
    clock,
    calls: (): Call[] => calls.list(),
    clearCalls: calls.clear,

    users: {
      create({ email, keys = 1, flags = [], state = 'enabled' }: NewUser): User {
        const user = users.create(email, keys)
        user.flags = [...flags]
        users.setState(user.index, state)
        return structuredClone(user)
      },
      remove: (id: string) => users.remove(indexOf(id)),
      setFlags: (id: string, flags: string[]) => {
        users.change(indexOf(id)).flags = [...flags]
      },
      setState: (id: string, state: State) => {
        users.setState(indexOf(id), state)
      },
      /** A pair made by somebody else, past the limit of two if need be. */
      addKey(id: string) {
        const user = users.change(indexOf(id))
        const pair = users.newPair(user)
        user.keys.push(pair)
        return { ...pair }
      },
      removeKey(id: string, keyId: string) {
        const user = users.change(indexOf(id))
        user.keys = user.keys.filter((pair) => pair.id !== keyId)
      },
    },

    buckets: {
      create: ({ name, owner, bytes = 4096 }: NewBucket): void => void buckets.create(name, indexOf(owner), bytes),
      remove: (name: string): boolean => buckets.remove(name),
    },

    /** Sets the replication of a bucket, as its owner would. */
    replicate: (bucket: string, set: { xml: string; endpoint: string; accessKey: string; secret: string }): void =>
      void world.replication.set(bucket, { ...set }),

    statistics: {
      /** Somebody else deletes an object. */
      remove: (name: string): void => void statistics.remove(name),
      restore: (name: string): void => void statistics.restore(name),
      /** Traffic on top of the generated one, into the period of the first service that runs at `at`, or now. */
      record({ user, bucket, at = clock.now(), epoch = 0, tag = '', ...some }: NewTraffic): void {
        const counters = { put: 0, get: 0, list: 0, other: 0, uploaded: 0, downloaded: 0, ...some }
        statistics.record(at, { bucket, epoch, userId: user, tag, counters })
      },
      /** An object of any name and body, which the oracle leaves out of its sums. */
      plant: (name: string, body: string): void => void statistics.plant(name, body),
    },
  }
}

export type Control = ReturnType<typeof createControl>
