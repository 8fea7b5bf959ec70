import { returnPath } from '@ostor-console/shared/return-path'
import { said } from '@ostor-console/shared/said'
import { type SsoProblem, singleSignOnRoutes } from '@ostor-console/shared/single-sign-on'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Secret } from '../../adapters/gateway/secret.ts'
import type { Identity, Provider } from '../../adapters/oidc/provider.ts'
import type { AdminRecord, Admins } from '../../adapters/store/admins.ts'
import type { ApiTokens } from '../../adapters/store/api-tokens.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Sessions } from '../../adapters/store/sessions.ts'
import type { SingleSignOns } from '../../adapters/store/single-sign-ons.ts'
import { GUESSES } from '../../plugins/guesses.ts'
import { startSession, tokenLabel } from '../../plugins/session.ts'
import { ATTEMPT_SECONDS, type Attempt, attemptsOf, type Before } from './sso-attempt.ts'
import { MOVING_POLICY, movingPage } from './sso-page.ts'
import { type GroupRoles, roleOf } from './sso-role.ts'
import { checkTls } from './tls.ts'

/** Single sign-on, where it is set up. */
export type SingleSignOn = {
  provider: Provider
  name: string
  roles: GroupRoles
  /** The only ones who may sign in without the provider, in lower case; `null` when everybody may. */
  emergencyAdmins?: string[] | null
}

type Ports = {
  sso: SingleSignOn | null
  admins: Admins
  identities: SingleSignOns
  sessions: Sessions
  tokens: Pick<ApiTokens, 'revokeAllOf'>
  audit: Audit
  secretKey: Secret
  publicUrl: URL | null
  now: () => Date
}

/** What an adapter throws when nobody was signed in. */
const Refused = z.object({ reason: z.enum(['denied', 'failed', 'unreachable']), code: z.string() })

/** Why nobody was signed in, in the words of the audit. */
const REASONS = {
  denied: said`the provider says that it was cancelled or refused`,
  expired: said`this sign-in was used before`,
  failed: said`the answer of the provider does not hold`,
  unreachable: said`the provider does not answer`,
  'no-role': said`in no group that has a role here`,
  'somebody-else': said`somebody else came back than who is signed in`,
  disabled: said`disabled here`,
} satisfies Partial<Record<SsoProblem, string>>

export const singleSignOn: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { sso, admins, identities, sessions, tokens, audit, secretKey, publicUrl, now } = ports
  const https = publicUrl?.protocol === 'https:'
  const attempts = attemptsOf(secretKey.signingKey(), now)
  const cookieName = https ? '__Host-login' : 'login'
  // Lax: a strict one would not come along when the provider sends the browser back.
  const cookie = { path: '/', httpOnly: true, secure: https, sameSite: 'lax' } as const

  const cameTo = (request: FastifyRequest, path: string): string =>
    `${publicUrl?.origin ?? `${request.protocol}://${request.host}`}${path}`

  const callbackOf = (request: FastifyRequest): string => cameTo(request, singleSignOnRoutes.callback.url)

  const refuse = async (request: FastifyRequest, returnTo: string, reason: keyof typeof REASONS, who = 'nobody') => {
    const entry = { actor: who, action: 'session.refused', target: who, outcome: 'refused' } as const
    await audit.record({ ...entry, detail: `${said`Single sign-on`}: ${REASONS[reason]}`, address: request.ip })
    request.log.warn({ reason }, 'single sign-on refused')
    return signInPage(reason, returnTo)
  }

  /** Of whoever may come in, with the role that their groups give them now. */
  const enter = async (
    request: FastifyRequest,
    identity: Identity,
    { name, roles }: SingleSignOn,
    { returnTo, before: proving }: Attempt,
  ) => {
    const role = roleOf(identity.groups, roles)
    if (role === null) {
      const known = await identities.find(identity)
      if (known !== null) {
        await sessions.endAllOf(known)
        const revoked = await tokens.revokeAllOf(known)
        for (const token of revoked) {
          const target = tokenLabel(identity.label, token)
          const entry = { actor: 'console', action: 'token.revoke', target, outcome: 'done' } as const
          await audit.record({
            ...entry,
            detail: said`The provider gives its owner no role any more`,
            address: request.ip,
          })
        }
      }
      return refuse(request, returnTo, 'no-role', identity.label)
    }
    const { id, isNew } = await identities.adminOf(identity, namesOf(identity, name), role)
    const before = await admins.findById(id)
    if (!before) return refuse(request, returnTo, 'disabled', identity.label)
    if (proving && proving.admin !== id) return refuse(request, returnTo, 'somebody-else', identity.label)
    const admin: AdminRecord = before.role === role ? before : await admins.change(id, { role })
    const { email } = admin
    const entry = { actor: email, target: email, outcome: 'done', address: request.ip } as const
    const by = { singleSignOn: name }
    if (isNew) await audit.record({ ...entry, action: 'admin.create', after: { role, ...by } })
    let { generation } = admin
    if (before.role !== role) {
      generation = await sessions.endAllOf(id)
      await audit.record({ ...entry, action: 'admin.role', before: { role: before.role }, after: { role, ...by } })
    }
    await audit.record({ ...entry, action: 'session.sign-in', after: by })
    if (proving) await sessions.endOf(id, proving.session)
    await startSession(request, { id, email, role, generation }, now(), {
      ...goesOnFrom(proving),
      bySingleSignOn: true,
    })
    // Somebody whom the provider knew already has not proved anything just now.
    request.session.provedAt = Math.min(identity.authenticatedAt?.getTime() ?? 0, now().getTime())
    request.log.info({ adminId: id }, 'admin signed in by single sign-on')
    return null
  }

  /** Of whoever is signed in this way and has to prove it. */
  const beforeOf = ({ session }: FastifyRequest): Before | undefined => {
    const { admin, lineage, startedAt, bySingleSignOn, sessionId } = session
    if (!admin || !bySingleSignOn || lineage === undefined || startedAt === undefined) return undefined
    return { session: sessions.idOf(sessionId), admin: admin.id, lineage, startedAt }
  }

  app.route({
    ...singleSignOnRoutes.start,
    config: { ...singleSignOnRoutes.start.config, ...GUESSES },
    handler: async (request, reply) => {
      checkTls(request, https)
      const { again } = request.query
      const returnTo = returnPath(request.query.returnTo)
      if (!sso) return reply.redirect(signInPage('off', returnTo))
      const attempt = attempts.begin(returnTo, again === 'yes', again === 'yes' ? beforeOf(request) : undefined)
      try {
        const address = await sso.provider.begin(callbackOf(request), attempts.proofs(attempt), attempt)
        reply.setCookie(cookieName, attempts.write(attempt), { ...cookie, maxAge: ATTEMPT_SECONDS })
        return reply.redirect(address.href)
      } catch (error) {
        const { reason, code } = Refused.parse(error)
        request.log.warn({ reason, code }, 'single sign-on cannot begin')
        return reply.redirect(signInPage(reason, returnTo))
      }
    },
  })

  /** Only what was begun here, by this browser, a short while ago; and, at the provider, once. */
  const attemptOf = (request: FastifyRequest): Attempt | null => {
    const attempt = attempts.read(request.cookies[cookieName])
    return attempt && attempts.isOf(attempt, stateIn(request.query)) ? attempt : null
  }

  app.route({
    ...singleSignOnRoutes.callback,
    config: { ...singleSignOnRoutes.callback.config, ...GUESSES },
    // The address holds the code.
    logSerializers: { req: ({ method, url, ip }: FastifyRequest) => ({ method, url: url.split('?', 1)[0], ip }) },
    handler: async (request, reply) => {
      checkTls(request, https)
      const attempt = attemptOf(request)
      if (!sso || !attempt) {
        // Anybody can ask for this, so it goes to the log and not into the audit.
        request.log.warn('single sign-on came back without having been begun here')
        return reply.redirect(signInPage(sso ? 'expired' : 'off', '/'))
      }
      reply.clearCookie(cookieName, cookie)
      const { returnTo } = attempt
      if (!(await identities.use(attempts.idOf(attempt), new Date(attempt.until)))) {
        return reply.redirect(await refuse(request, returnTo, 'expired'))
      }
      if ((await admins.count()) === 0) return reply.redirect('/')
      let identity: Identity
      try {
        identity = await sso.provider.finish(new URL(cameTo(request, request.url)), attempts.proofs(attempt), attempt)
      } catch (error) {
        const { reason, code } = Refused.parse(error)
        request.log.warn({ reason, code }, 'single sign-on did not hold')
        return reply.redirect(await refuse(request, returnTo, reason))
      }
      const elsewhere = await enter(request, identity, sso, attempt)
      if (elsewhere !== null) return reply.redirect(elsewhere)
      return reply
        .header('content-security-policy', MOVING_POLICY)
        .type('text/html; charset=utf-8')
        .send(movingPage(returnTo))
    },
  })
}

/** A proof changes neither the absolute end of a session nor what is kept for it. */
const goesOnFrom = (before: Before | undefined) =>
  before ? { lineage: before.lineage, startedAt: before.startedAt } : {}

const signInPage = (reason: SsoProblem, returnTo: string): string =>
  `/sign-in?${new URLSearchParams({ problem: reason, returnTo }).toString()}`

const WithState = z.object({ state: z.string() })
const stateIn = (query: unknown): string => WithState.safeParse(query).data?.state ?? ''

/** Under which somebody may be known here: by their own name, unless it is somebody else's. */
const namesOf = ({ label, subject }: Identity, name: string): string[] =>
  [label, `${label} (${name})`, `${label} (${name}, ${subject})`].map((each) => each.slice(0, 254))
