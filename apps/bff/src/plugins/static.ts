import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import fp from 'fastify-plugin'
import { pagePolicy } from './headers.ts'

const API = /^\/+api(\/|$)/i
const FILE = /\.[a-z0-9]{1,8}$/i
/** Addresses of the web app, which end with names that others gave: those of buckets may look like files. */
const PAGE = /^\/c\//

/** What the page names for the console behind the sign-in (apps/web/preload-console.ts). */
const BEHIND = /\s*<link\b[^>]* data-behind="sign-in"[^>]*>/g

/** The built web app: its files, and its one page for every other address. Without a build there is no page. */
export const webApp = fp<{ folder: string }>(
  async (app, { folder }) => {
    const index = join(folder, 'index.html')
    if (!existsSync(index)) return

    await app.register(files, {
      root: folder,
      wildcard: false,
      index: false,
      decorateReply: false,
      schemaHide: true,
      preCompressed: true,
      cacheControl: false,
      globIgnore: ['**/*.html', '**/*.br', '**/*.gz', '**/*.map', '.*/**'],
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })

    const whole = readFileSync(index, 'utf8')
    const [page, signIn] = [whole, whole.replaceAll(BEHIND, '')].map((text) => text.split('%CSP_NONCE%'))
    app.get('/*', { schema: { hide: true } }, (request, reply) => {
      const path = request.url.split('?', 1)[0] ?? ''
      if (API.test(path) || (FILE.test(path) && !PAGE.test(path))) return reply.callNotFound()
      const nonce = randomBytes(18).toString('base64')
      reply.header('content-security-policy', pagePolicy(nonce)).type('text/html; charset=utf-8')
      return reply.send((request.hasSessionCookie ? page : signIn)?.join(nonce))
    })
  },
  { name: 'web-app' },
)
