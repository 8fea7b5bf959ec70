const HALF_HOUR = 1_800_000
const DAY = 86_400_000

export type Days = { now: { from: string; to: string }; before: { from: string; to: string } }

/**
 * A day and the one before it, to be compared. They end where the figures are complete when that is not long ago,
 * because a day with its last hours missing always looks like a fall.
 */
export function daysTo(completeUntil: string | null, now: Date): Days {
  const clock = now.getTime()
  const complete = completeUntil === null ? 0 : Date.parse(completeUntil)
  const recent = complete <= clock && clock - complete < 12 * HALF_HOUR
  const end = recent ? complete : Math.floor(clock / HALF_HOUR) * HALF_HOUR
  const at = (offset: number) => new Date(end - offset * DAY).toISOString()
  return { now: { from: at(1), to: at(0) }, before: { from: at(2), to: at(1) } }
}
