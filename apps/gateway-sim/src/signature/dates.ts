const MAIL_DATE = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/
const BASIC_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/

/** Milliseconds since 1970, from an RFC 1123 date with `GMT` or a numeric zone, or from ISO 8601 basic. */
export const readDate = (text: string): number | undefined => {
  const [, year, month, day, hour, minute, second] = BASIC_DATE.exec(text) ?? []
  const iso = year === undefined ? undefined : `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  if (iso === undefined && !MAIL_DATE.test(text)) return undefined
  const at = Date.parse(iso ?? text)
  return Number.isNaN(at) ? undefined : at
}
