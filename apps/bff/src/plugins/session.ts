import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import session, { type FastifySessionOptions } from '@fastify/session'
import { problem } from '@ostor-console/shared/problem'
import type { Admin } from '@ostor-console/shared/session'
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler, onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import type { Secret } from '../adapters/gateway/secret.ts'

declare module 'fastify' {
  interface Session {
    admin?: Admin
    /** Milliseconds since 1970. */
    startedAt?: number
    seenAt?: number
  }
  interface FastifyRequest {
    /** Who is signed in. Behind the guard only: elsewhere it throws. */
    readonly admin: Admin
  }
}

const MINUTE = 60_000
const IDLE_MS = 30 * MINUTE
const LONGEST_MS = 8 * 60 * MINUTE

type Options = {
  secretKey: Secret
  store: NonNullable<FastifySessionOptions['store']>
  https: boolean
}

/** Sessions on the store, and the token that every write of a signed-in admin must carry. */
export const sessions = fp<Options>(
  async (app, { secretKey, store, https }) => {
    await app.register(cookie)
    await app.register(session, {
      secret: secretKey.reveal(),
      cookieName: https ? '__Host-sid' : 'sid',
      cookie: { path: '/', httpOnly: true, secure: https, sameSite: 'strict' },
      store,
      rolling: false,
      saveUninitialized: false,
    })
    await app.register(csrf, {
      sessionPlugin: '@fastify/session',
      getToken: ({ headers }) => [headers['x-csrf-token']].flat()[0],
      logLevel: 'info',
    })
    app.decorateRequest('admin', {
      getter() {
        if (!this.session.admin) throw problem('session-required')
        return this.session.admin
      },
    })
  },
  { name: 'sessions' },
)

/** Who is signed in, within 8 hours of the sign-in and 30 minutes of the last request. */
export const signedIn = ({ session }: FastifyRequest, now: Date): Admin | null => {
  const { admin, startedAt = 0, seenAt = 0 } = session
  const at = now.getTime()
  return admin && at - startedAt < LONGEST_MS && at - seenAt < IDLE_MS ? admin : null
}

/** The old session ends, so that a cookie planted before the sign-in is worth nothing after it. */
export const startSession = async (request: FastifyRequest, admin: Admin, now: Date): Promise<void> => {
  await request.session.regenerate()
  const at = now.getTime()
  Object.assign(request.session, { admin, startedAt: at, seenAt: at })
}

/** Destroying a session leaves its cookie in the browser, so that is cleared as well. */
export const endSession = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const { secure, path, sameSite, httpOnly } = request.session.cookie
  await request.session.destroy()
  const flags = {
    path: path ?? '/',
    secure: secure === true,
    sameSite: sameSite ?? 'strict',
    httpOnly: httpOnly ?? true,
  }
  reply.clearCookie(flags.secure ? '__Host-sid' : 'sid', flags)
  reply.header('clear-site-data', '"cache", "cookies", "storage"')
}

/** Refuses whoever is not signed in. */
export const requireAdmin =
  (now: () => Date): onRequestAsyncHookHandler =>
  async (request) => {
    const at = now()
    if (!signedIn(request, at)) throw problem('session-required')
    // At most once a minute, because it is written to the store.
    if (at.getTime() - (request.session.seenAt ?? 0) >= MINUTE) request.session.seenAt = at.getTime()
  }

/** Refuses a write without the token of the session. */
export const requireToken: onRequestHookHandler = (request, reply, done) => {
  if (request.method === 'GET' || request.method === 'HEAD') done()
  else request.server.csrfProtection(request, reply, done)
}
