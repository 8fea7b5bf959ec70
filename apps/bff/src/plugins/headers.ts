import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'

const TWO_YEARS = 2 * 365 * 86_400
const NOTHING = 'accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()'

/** What every answer says to the browser; the page itself replaces the policy by one of its own (static.ts). */
export const headers = fp<{ https: boolean }>(
  async (app, { https }) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], sandbox: [] },
      },
      strictTransportSecurity: https ? { maxAge: TWO_YEARS, includeSubDomains: true } : false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    })

    app.addHook('onRequest', async (_, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'permissions-policy': NOTHING, vary: 'Sec-Fetch-Site, Origin' })
    })
  },
  { name: 'headers' },
)

/** The policy of the page: its own files, and the styles that carry this answer's nonce. */
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
  ].join('; ')
