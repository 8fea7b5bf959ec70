import type { LimitsChange, Op } from '@ostor-console/shared/limits'
import type { Calls } from './calls.ts'

export type GatewayLimits = {
  /** 0 is unlimited. */
  opsPerSecond: Record<Op, number>
  /** In the gateway's "kb/s"; 0 is unlimited. */
  bandwidth: { out: number }
  /** The gateway said that no limits are set here. */
  unset: boolean
}

/** `email` is `null` when other users share it: then the id is what is asked for. */
export type LimitsTarget = { userId: string; email: string | null } | { bucket: string }
export type LimitsGroup = 'opsPerSecond' | 'bandwidth' | 'all'

export const limitsOf = (_calls: Calls) => ({
  async getLimits(_target: LimitsTarget): Promise<GatewayLimits> {
    throw new Error('not built yet')
  },
  async changeLimits(_target: LimitsTarget, _current: GatewayLimits, _change: LimitsChange): Promise<void> {
    throw new Error('not built yet')
  },
  async removeLimits(_target: LimitsTarget, _group: LimitsGroup): Promise<void> {
    throw new Error('not built yet')
  },
})
