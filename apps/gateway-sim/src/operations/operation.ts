import type { Settled } from '../options.ts'
import type { Statistics } from '../statistics/statistics.ts'
import type { Buckets } from '../world/buckets.ts'
import type { Clock } from '../world/clock.ts'
import type { User, Users } from '../world/users.ts'
import type { Parameters } from './parameters.ts'

export type Limits = Partial<Record<string, number>>

export type World = {
  settings: Settled
  clock: Clock
  users: Users
  buckets: Buckets
  statistics: Statistics
  /** Limits in operations per second and kb/s, by `user:<index>` or `bucket:<name>`; absent where never set. */
  limits: Map<string, Limits>
  /** Sizes of quotas in GB, by the same subjects and by `default:user` and `default:bucket`. */
  quotas: Map<string, bigint>
  replication: Map<string, { xml: string; endpoint: string; accessKey: string; secret: string }>
}

type Request = { method: string; parameters: Parameters; body: Buffer; caller: User }

export type Answer = {
  status: number
  contentType?: string
  headers?: Record<string, string>
  /** In pieces where it may be large. */
  body: string | Iterable<string>
}

/** Answers a request that has been authenticated, or throws a Refusal. */
export type Operation = (world: World, request: Request) => Answer

export const json = (body: string | Iterable<string>): Answer => ({
  status: 200,
  contentType: 'application/json',
  body,
})
export const nothing = (world: World): Answer => {
  const type = world.settings.emptyContentType
  return { status: 204, body: '', ...(type === 'none' ? {} : { contentType: type }) }
}
