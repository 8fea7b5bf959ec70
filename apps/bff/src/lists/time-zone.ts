const DAY = 86_400

/** Seconds to add to UTC at an instant, in a time zone that is known to exist. */
export const offsetsOf = (timeZone: string): ((atSeconds: number) => number) => {
  if (timeZone === 'UTC') return () => 0
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const exactly = (atSeconds: number): number => {
    const name = parts.formatToParts(atSeconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? []
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    return sign === '-' ? -size : size
  }
  // Asking is slow, and an offset rarely changes within a day.
  const atDay = new Map<number, number>()
  const ofDay = (day: number): number => {
    const known = atDay.get(day) ?? exactly(day * DAY)
    atDay.set(day, known)
    return known
  }
  return (atSeconds) => {
    const day = Math.floor(atSeconds / DAY)
    const offset = ofDay(day)
    return offset === ofDay(day + 1) ? offset : exactly(atSeconds)
  }
}
