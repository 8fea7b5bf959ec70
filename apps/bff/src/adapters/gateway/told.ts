export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** What the gateway said of a failure, made safe to show and to log. */
export type Told = { code: string | null; message: string | null; requestId: string | null; html: boolean }

const LONGEST = 200
/** Long enough to look like a secret. */
export const NO_REPLICATION = 'ReplicationConfigurationNotFoundError'
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** S3 repeats the signing string, the signature and the access key in what it says about them. */
const SECRETS = [
  /\b(GET|PUT|POST|DELETE|HEAD)\s*\n[^]*/g,
  /AWS4-HMAC-SHA256[^]*/g,
  /\bAWS\s+\S+:\S+/g,
  /\b[0-9a-f]{16}[A-Z0-9]{4}\b/gi,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /[A-Za-z0-9+/]{27,}={0,2}/g,
]

/** Text from outside as one short line without secrets, markup or control characters. */
export const safeText = (text: string): string => {
  const hidden = SECRETS.reduce((rest, pattern) => rest.replace(pattern, '[hidden]'), text)
  const line = hidden
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+|\s+/gu, ' ')
    .trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

export const header = (headers: Headers, name: string): string | null => {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** The five entities that XML itself has, and no others. */
export const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity] ?? '')

const element = (text: string, name: string): string | null => {
  const start = text.indexOf(`<${name}>`)
  const end = text.indexOf(`</${name}>`, start)
  if (start < 0 || end < 0) return null
  const content = text.slice(start + name.length + 2, end)
  return unescaped(content)
}

const ofJson = (text: string, names: string[]): string | null => {
  for (const name of names) {
    const found = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.){0,1000})"`).exec(text)?.[1]
    if (found !== undefined) return found
  }
  return null
}

export const isHtml = (headers: Headers, head: string): boolean =>
  /^\s*(<!doctype html|<html)/i.test(head) || (header(headers, 'content-type') ?? '').includes('text/html')

export const isXml = (head: string): boolean => /^\s*<(\?xml|[A-Z])/.test(head)

/** Looks for code and message in the headers and then in the body, as XML or JSON; no document is ever parsed whole. */
export const toldBy = (headers: Headers, body: Buffer): Told => {
  const text = body.toString('utf8')
  const html = isHtml(headers, text)
  // A document that declares entities wants more than to be read.
  const readable = html || /<!doctype/i.test(text) ? '' : text
  const code = header(headers, 'x-amz-err-code') ?? element(readable, 'Code') ?? ofJson(readable, ['Code', 'code'])
  const message =
    header(headers, 'x-amz-err-message') ??
    element(readable, 'Message') ??
    ofJson(readable, ['Message', 'message', 'error'])
  return {
    code: code === null || code === NO_REPLICATION ? code : safeText(code),
    message: message === null ? null : safeText(message),
    requestId: header(headers, 'x-amz-request-id'),
    html,
  }
}

/** Gateway clock minus our clock, in seconds; `null` when the gateway did not say. */
export const clockSkewOf = (headers: Headers, now: Date): number | null => {
  const at = Date.parse(header(headers, 'date') ?? '')
  return Number.isNaN(at) ? null : Math.round((at - now.getTime()) / 1000)
}

/** Seconds that the gateway asks us to wait, given as a number or as a date. */
export const retryAfterOf = (headers: Headers, now: Date): number | null => {
  const value = header(headers, 'retry-after')
  if (value === null) return null
  const seconds = /^\d{1,6}$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000
  return Number.isNaN(seconds) ? null : Math.max(0, Math.ceil(seconds))
}
