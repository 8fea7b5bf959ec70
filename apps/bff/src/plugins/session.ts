import { createHash, randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import session, { type FastifySessionOptions } from '@fastify/session'
import { problem } from '@ostor-console/shared/problem'
import type { RouteScope, Verb } from '@ostor-console/shared/roles'
import type { Admin, SecondStep } from '@ostor-console/shared/session'
import type {
  FastifyReply,
  FastifyRequest,
  Session as FastifySession,
  onRequestAsyncHookHandler,
  onRequestHookHandler,
} from 'fastify'
import fp from 'fastify-plugin'
import type { Secret } from '../adapters/gateway/secret.ts'
import type { Bearer } from './bearer.ts'

declare module 'fastify' {
  interface Session {
    admin?: Admin
    /** Has given the right password and owes the second factor. Opens nothing. */
    pending?: Pending
    /** Milliseconds of the epoch: when the admin signed in, and when they last proved who they are. */
    startedAt?: number
    /** Of the admin, when the session began. */
    generation?: number
    provedAt?: number
    bySingleSignOn?: true
    byPasskey?: true
    from?: { address: string; browser: string }
    /** Stays when the session is proved anew, and its id changes. */
    lineage?: string
  }
  interface FastifyRequest {
    /** Whether a cookie came that may be of a session; nobody looked whether it is. */
    hasSessionCookie: boolean
  }
  interface FastifyContextConfig {
    verb?: Verb | 'anyone' | 'signed-in'
    sudo?: true
    needsSecondStep?: true
    scope?: RouteScope
    /** Asked by WHMCS, and so not from a page of ours: with a form that carries a ticket, or with a signed request. */
    outside?: 'form' | 'signed'
  }
  interface FastifyRequest {
    /** Who is signed in. Behind the guard only: elsewhere it throws. */
    readonly admin: Admin
    /** How the audit names who asks: their e-mail, and the token by which they do. */
    readonly actor: string
  }
}

type Pending = Pick<Admin, 'id'> & { until: number; password: string; steps: SecondStep[] }

const SECOND_STEP_MS = 5 * 60_000

type Options = {
  secretKey: Secret
  oldSecretKey: Secret | null
  store: NonNullable<FastifySessionOptions['store']>
  https: boolean
}

export const cookieNameOf = (https: boolean): string => (https ? '__Host-sid' : 'sid')

/** Sessions on the store, and the token that every write of a signed-in admin must carry. */
export const sessions = fp<Options>(
  async (app, { secretKey, oldSecretKey, store, https }) => {
    const sessionCookie = `${cookieNameOf(https)}=`
    app.decorateRequest('hasSessionCookie', false)
    app.addHook('onRequest', async (request) => {
      const { url, headers } = request
      request.hasSessionCookie = headers.cookie?.split('; ').some((one) => one.startsWith(sessionCookie)) ?? false
      // Files and probes have no session, and are there when its store is not.
      if (!url.startsWith('/api/')) delete headers.cookie
    })
    await app.register(cookie)
    await app.register(session, {
      // The first one signs, all of them verify.
      secret: [secretKey, ...(oldSecretKey ? [oldSecretKey] : [])].map(({ reveal }) => reveal()),
      cookieName: cookieNameOf(https),
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
        const admin = this.apiToken?.owner ?? this.session.admin
        if (!admin) throw problem('session-required')
        return admin
      },
    })
    app.decorateRequest('actor', {
      getter() {
        return this.apiToken ? tokenLabel(this.admin.email, this.apiToken.name) : this.admin.email
      },
    })
  },
  { name: 'sessions', dependencies: ['bearer'] },
)

export const tokenLabel = (email: string, name: string): string => `${email} (token ${name})`

/** How long a proof holds, however much is done meanwhile. */
export const PROOF_MS = 10 * 60_000

type Origin = Pick<FastifySession, 'startedAt' | 'lineage' | 'byPasskey' | 'bySingleSignOn'>
/** With the generation that was read together with whatever lets them in. */
export type Entering = Admin & { generation: number }

/**
 * The old session ends, so that a cookie planted before the sign-in is worth nothing after it. `goesOn` is what stays of
 * a session whose admin only proved anew who they are: its absolute end, and what was kept for it.
 */
export const startSession = async (
  request: FastifyRequest,
  { id, email, role, generation }: Entering,
  now: Date,
  goesOn: Origin = {},
): Promise<void> => {
  const { startedAt = now.getTime(), lineage = randomUUID(), byPasskey, bySingleSignOn } = goesOn
  await request.session.regenerate()
  const from = { address: request.ip, browser: (request.headers['user-agent'] ?? '').slice(0, 256) }
  Object.assign(request.session, {
    admin: { id, email, role },
    generation,
    startedAt,
    lineage,
    from,
    provedAt: now.getTime(),
    ...(byPasskey && { byPasskey }),
    ...(bySingleSignOn && { bySingleSignOn }),
  })
}

type WithPassword = Pick<Admin, 'id'> & { passwordHash: string | null }

const hashOf = ({ passwordHash }: WithPassword) =>
  createHash('sha256')
    .update(passwordHash ?? '')
    .digest('base64url')

/** After the right password of an admin who has a second factor: a session that can only go on to the second step. */
export const startPending = async (
  request: FastifyRequest,
  admin: WithPassword,
  steps: SecondStep[],
  now: Date,
): Promise<void> => {
  await request.session.regenerate()
  request.session.pending = { id: admin.id, until: now.getTime() + SECOND_STEP_MS, password: hashOf(admin), steps }
}

/** Who owes the second factor; `null` five minutes after the password. */
export const pendingAdmin = ({ session: { pending } }: FastifyRequest, now: Date): Pending | null =>
  pending && now.getTime() < pending.until ? pending : null

/** Whether the password that was given is still the one of this admin. */
export const isStill = ({ password }: Pending, admin: WithPassword): boolean => password === hashOf(admin)

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
  reply.clearCookie(cookieNameOf(flags.secure), flags)
  reply.header('clear-site-data', '"cache", "cookies", "storage"')
}

/** Refuses whoever is not signed in; the store gives out no session that has ended. */
export const requireAdmin: onRequestAsyncHookHandler = async (request) => {
  if (!request.session.admin) throw problem('session-required')
}

/** Refuses whoever is not signed in and has no token that is good. */
export const requireCaller =
  (check: (request: FastifyRequest) => Promise<Bearer>): onRequestAsyncHookHandler =>
  async (request) => {
    if (request.bearer === null && !request.session.admin) throw problem('session-required')
    if (request.bearer !== null) request.apiToken = await check(request)
  }

/** Refuses a write without the token of the session; a script with an API token has none. */
export const requireToken: onRequestHookHandler = (request, reply, done) => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.bearer !== null) done()
  else request.server.csrfProtection(request, reply, done)
}
