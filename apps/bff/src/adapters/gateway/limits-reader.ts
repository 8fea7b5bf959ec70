import { OPS, type Op } from '@ostor-console/shared/limits'
import { said } from '@ostor-console/shared/said'
import { BadReply } from './failures.ts'
import { field, isWire, type Wire } from './wire.ts'

export type GatewayLimits = {
  /** 0 is unlimited. */
  opsPerSecond: Record<Op, number>
  /** In the gateway's "kb/s"; 0 is unlimited. */
  bandwidth: { out: number }
  /** The gateway said that no limits are set here. */
  unset: boolean
}

/** The name of one limit on the wire. */
export type LimitName = `ops:${Op}` | 'bandwidth:out'

export const opNames = OPS.map((op): LimitName => `ops:${op}`)

const valueOf = (wire: Wire, name: LimitName): number => {
  const value = field(wire, name)
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^\d{1,15}(\.\d{1,10})?$/.test(text))
    throw new BadReply(said`it has no number for ${name}`)
  return Number(text)
}

export const readLimits = (document: unknown): GatewayLimits => {
  if (!isWire(document)) throw new BadReply(said`it holds no limits`)
  const op = (name: Op) => valueOf(document, `ops:${name}`)
  return {
    opsPerSecond: {
      default: op('default'),
      get: op('get'),
      put: op('put'),
      list: op('list'),
      delete: op('delete'),
    },
    bandwidth: { out: valueOf(document, 'bandwidth:out') },
    unset: false,
  }
}

export const noLimits = (): GatewayLimits => ({
  opsPerSecond: { default: 0, get: 0, put: 0, list: 0, delete: 0 },
  bandwidth: { out: 0 },
  unset: true,
})

export type FlatLimits = ReadonlyMap<LimitName, number>

export const flat = ({ opsPerSecond, bandwidth }: GatewayLimits): FlatLimits =>
  new Map<LimitName, number>([
    ...OPS.map((op): [LimitName, number] => [`ops:${op}`, opsPerSecond[op]]),
    ['bandwidth:out', bandwidth.out],
  ])

/** Values are read with two decimals. */
export const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 0.0101
