import { createHash } from 'node:crypto'
import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { AdminRecord, Admins } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { SingleSignOns } from '../../adapters/store/single-sign-ons.ts'
import { GUESSES } from '../../plugins/guesses.ts'
import { startSession } from '../../plugins/session.ts'
import { parseForm } from '../../plugins/strict-json.ts'
import type { EmergencyDoor } from './emergency.ts'
import { checkTls } from './tls.ts'
import { goOnPage, refusedPage, replacePage, TICKET_POLICY } from './whmcs-page.ts'
import { type AddonKey, readTicket, type Ticket, type TicketProblem } from './whmcs-ticket.ts'

/** Who comes in from WHMCS: the keys of its addon, and who each of its admins is here, by e-mail. */
export type WhmcsSignIn = { keys: readonly AddonKey[]; people: ReadonlyMap<number, string> }

type Ports = {
  whmcs: WhmcsSignIn
  admins: Pick<Admins, 'findByEmail'>
  identities: Pick<SingleSignOns, 'use'>
  audit: Pick<Audit, 'record'>
  door: EmergencyDoor
  publicUrl: URL | null
  now: () => Date
}

export const TICKETS_URL = '/api/v1/sso/whmcs'

type Reason = TicketProblem | 'used' | 'unmapped' | 'nobody' | 'provider'

/** In the words of the audit, and of the page. */
const REASONS: Record<Reason, string> = {
  unreadable: said`The ticket is not one of the addon.`,
  algorithm: said`The ticket is not signed as the addon signs.`,
  key: said`The console does not know the key id of the addon: WHMCS_ADDON_KEY_ID must be the one in the settings of the addon.`,
  signature: said`The ticket was changed on its way, or the addon and the console have different secrets.`,
  elsewhere: said`The ticket was made for something else than this console.`,
  expired: said`The ticket holds for a minute and is too old, or the clocks of WHMCS and of the console differ.`,
  used: said`The ticket was used before, and each serves once.`,
  unmapped: said`WHMCS_ADMINS does not say who this admin of WHMCS is here.`,
  nobody: said`There is no such person here, or they are disabled.`,
  provider: said`This person has to sign in through the provider of single sign-on.`,
}

const TRY_AGAIN = 'Go back to WHMCS and open the console from the client once more.'
const ASK = 'Ask whoever runs the console.'
const HELP: Partial<Record<Reason, string>> = { expired: TRY_AGAIN, used: TRY_AGAIN, provider: '' }

const Form = z.strictObject({ ticket: z.string().min(1).max(4096), replace: z.literal('yes').optional() })

/**
 * Where the addon inside WHMCS sends an admin of WHMCS, by a form with a ticket. The form comes from another site, which a
 * browser does not send our cookie along with; so a page of ours sends it once more, and only then the ticket is used.
 * As with single sign-on no second step is asked for, but nothing counts as proved.
 */
export const whmcsSignIn: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { whmcs, admins, identities, audit, door, publicUrl, now } = ports
  const https = publicUrl?.protocol === 'https:'

  const isFromOurs = ({ headers: { 'sec-fetch-site': site, origin }, protocol, host }: FastifyRequest): boolean =>
    site === undefined
      ? origin === undefined || origin === (publicUrl?.origin ?? `${protocol}://${host}`)
      : site === 'same-origin'

  const refuse = async (
    request: FastifyRequest,
    reply: FastifyReply,
    reason: Reason,
    ticket?: Ticket,
    who?: string,
  ) => {
    const target = who ?? (ticket ? `admin ${ticket.whmcsAdmin} of WHMCS` : 'nobody')
    const detail = `${said`Ticket of WHMCS`}: ${REASONS[reason]}`
    // The door has written down by itself who has to take another one.
    if (reason !== 'provider') {
      const entry = { actor: target, action: 'session.refused', target, outcome: 'refused' } as const
      await audit.record({ ...entry, detail, address: request.ip })
    }
    request.log.warn({ reason }, 'ticket of WHMCS refused')
    const href = `/sign-in?${new URLSearchParams({ returnTo: ticket ? pageOf(ticket) : '/' }).toString()}`
    const page = refusedPage(`${REASONS[reason]} ${HELP[reason] ?? ASK}`, { href, text: 'Sign in to the console' })
    return show(reply.code(403), page)
  }

  /** Whom the ticket signs in; a reason when it signs nobody in. */
  const personOf = async (request: FastifyRequest, { whmcsAdmin }: Ticket): Promise<AdminRecord | Reason> => {
    const email = whmcs.people.get(whmcsAdmin)
    if (email === undefined) return 'unmapped'
    const admin = await admins.findByEmail(email)
    if (!admin) return 'nobody'
    try {
      await door.pass(request, admin)
    } catch (error) {
      if (error instanceof ProblemError) return 'provider'
      throw error
    }
    return admin
  }

  const enter = async (request: FastifyRequest, admin: AdminRecord, { whmcsAdmin, whmcsName }: Ticket) => {
    const { email } = admin
    const { admin: before } = request.session
    const after = {
      whmcsAdmin: `${whmcsAdmin} (${whmcsName})`,
      ...(before && before.id !== admin.id && { inPlaceOf: before.email }),
    }
    const entry = { actor: email, action: 'session.sign-in', target: email, outcome: 'done' } as const
    await audit.record({ ...entry, after, address: request.ip })
    await door.entered(request, admin)
    await startSession(request, admin, now())
    // WHMCS says who it is; that it is them nobody has proved just now.
    request.session.provedAt = 0
    request.log.info({ adminId: admin.id }, 'admin signed in by WHMCS')
  }

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (_: unknown, body: Buffer) => parseForm(body),
  )

  app.route({
    method: 'POST',
    url: TICKETS_URL,
    config: { verb: 'anyone', scope: 'none', outside: 'form', ...GUESSES },
    schema: { hide: true, querystring: z.strictObject({}), body: Form },
    bodyLimit: 8 * 1024,
    handler: async (request, reply) => {
      checkTls(request, https)
      const { ticket: text, replace } = request.body
      const ticket = await readTicket(text, whmcs.keys, now())
      if (typeof ticket === 'string') return refuse(request, reply, ticket)
      if (!isFromOurs(request)) return show(reply, goOnPage(TICKETS_URL, text))
      const admin = await personOf(request, ticket)
      if (typeof admin === 'string') return refuse(request, reply, admin, ticket, whmcs.people.get(ticket.whmcsAdmin))
      const { admin: live } = request.session
      if (live && live.id !== admin.id && replace !== 'yes')
        return show(reply, replacePage(TICKETS_URL, text, { from: live.email, to: admin.email }))
      if (!(await identities.use(idOf(ticket), ticket.until)))
        return refuse(request, reply, 'used', ticket, admin.email)
      await enter(request, admin, ticket)
      return reply.redirect(pageOf(ticket), 303)
    },
  })
}

const pageOf = ({ clientId }: Ticket): string => `/clients/${clientId}`

/** Under which the store remembers that it was used. */
const idOf = ({ id }: Ticket): string => createHash('sha256').update(`whmcs ticket\0${id}`).digest('base64url')

const show = (reply: FastifyReply, html: string) =>
  reply
    // Without it the form of this page would hide where it came from.
    .headers({ 'content-security-policy': TICKET_POLICY, 'referrer-policy': 'same-origin' })
    .type('text/html; charset=utf-8')
    .send(html)
