export type ClosingRule = {
  /** The gateway may write an object until this long after its end. */
  flushMarginMs: number
  /** Two reads this far apart that are equal to the byte say that nothing more is coming. */
  rereadMs: number
  /** This long after its end, one read is enough. */
  oldMs: number
}

export const CLOSING: ClosingRule = { flushMarginMs: 600_000, rereadMs: 30_000, oldMs: 86_400_000 }

type Read = {
  startedAt: Date
  nominalSeconds: number
  periodSeconds: number
  gatewayNow: Date
  /** How long ago these same bytes were read for the first time. */
  unchangedMs: number
}

/** Whether an object is final. The gateway never says so (docs/gateway-wire.md). */
export const isClosed = (
  { startedAt, nominalSeconds, periodSeconds, gatewayNow, unchangedMs }: Read,
  { flushMarginMs, rereadMs, oldMs }: ClosingRule = CLOSING,
): boolean => {
  const sinceEndMs = gatewayNow.getTime() - startedAt.getTime() - Math.max(nominalSeconds, periodSeconds) * 1000
  return sinceEndMs > oldMs || (sinceEndMs > flushMarginMs && unchangedMs >= rereadMs)
}
