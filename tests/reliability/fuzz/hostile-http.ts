/** Content types that are not JSON in UTF-8. */
export const TYPES = [
  '',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/json, text/plain',
  'application/jsonp',
  'application/problem+json',
  'application/json;charset=utf-8;x=y',
  'application/octet-stream',
]

/** Headers that must have no effect, or be refused; never more. */
export const HEADERS: [string, string][] = [
  ['x-http-method-override', 'DELETE'],
  ['x-forwarded-for', '1.2.3.4, evil'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-proto', 'https'],
  ['forwarded', 'for=1.2.3.4;host=evil.example'],
  ['x-original-url', '/api/v1/setup'],
  ['if-match', '*'],
  ['if-match', '"\u00ff"'],
  ['if-match', 'x'.repeat(4_000)],
  ['if-none-match', '*'],
  ['operation-id', 'x'.repeat(300)],
  ['operation-id', "' OR 1=1 --"],
  ['operation-id', '00000000-0000-4000-8000-000000000000'],
  ['range', 'bytes=0-1,5-'],
  ['expect', '200-ok'],
  ['accept', 'application/xml;q=1, */*;q=0'],
  ['accept-encoding', 'x, ,,;q=9'],
  ['constructor', 'prototype'],
  ['__proto__', 'x'],
  ['last-event-id', '\u00ff'],
  ['authorization', 'Bearer x'],
  ['cookie', 'theme=dark'],
]

/** Cookies that are no session. */
export const COOKIES = [
  'sid=x',
  'sid=',
  'sid=a.b',
  'sid=%00',
  'sid=%',
  `sid=${'x'.repeat(5_000)}`,
  'sid=a; sid=b',
  '__proto__=1; sid=constructor',
]

/** What a page of another origin would send, or a script without a session. */
export const STRANGERS: Record<string, string | null>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': '' },
  { 'sec-fetch-site': null },
  { 'sec-fetch-site': null, origin: 'https://evil.example' },
  { 'sec-fetch-site': null, origin: 'null' },
  { 'x-requested-by': null },
  { 'x-requested-by': 'XMLHttpRequest' },
  { 'x-requested-by': 'console, console' },
]

/** In the place of a path parameter, as they stand. */
export const PATHS = [
  // A client takes a segment of dots alone for a way up, and asks something else.
  '..%20',
  '.%20',
  '%2e%2e%2f',
  '..%2f..%2f',
  '%00',
  '%0d%0a',
  '%',
  '%ff',
  '%E0%A4%A',
  ';x=1',
  '%2F',
  '//',
  'x'.repeat(5_000),
]

export const METHODS = ['PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'PUT', 'POST', 'DELETE', 'GET']
