import fp from 'fastify-plugin'

/** What every answer says to the browser: it is not kept, framed, sniffed, run or shared. */
const STRICT_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  vary: 'Sec-Fetch-Site, Origin',
}

const TWO_YEARS = 2 * 365 * 86_400

/** Those of every answer, also of what is refused before there is a route. */
export const headersOf = (https: boolean) => ({
  ...STRICT_HEADERS,
  ...(https && { 'strict-transport-security': `max-age=${TWO_YEARS}; includeSubDomains` }),
})

/** The page itself replaces the policy by one of its own (static.ts). */
export const headers = fp<{ https: boolean }>(
  async (app, { https }) => {
    const all = headersOf(https)
    app.addHook('onRequest', async (_, reply) => void reply.headers(all))
  },
  { name: 'headers' },
)

/** The policy of the page: its own files, the styles that carry this answer's nonce, and no text that becomes markup. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    // The one policy is made in apps/web/src/app/trusted-types.ts.
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
