import type { AuditEntry } from '@ostor-console/shared/audit'
import type { Role, TokenVerb } from '@ostor-console/shared/roles'
import type { ApiToken, MadeToken, NewToken } from '@ostor-console/shared/tokens'
import { adminsOf } from '../src/adapters/store/admins.ts'
import { hashPassword } from '../src/features/session/password.ts'
import { testClock } from './test-clock.ts'
import { ADMIN, CLUSTER, world } from './world.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Asked = { body?: object; from?: string; headers?: Record<string, string> }
type World = Pick<Awaited<ReturnType<typeof world>>, 'app' | 'admin'>

export const OWN = '/api/v1/account/tokens'

/** Why a request was refused. */
export const kindOf = (reply: { json(): { type: string } }): string => reply.json().type.replace('/problems/', '')

/** Makes tokens as whoever is signed in, and asks with them as a script would. */
export const tokensAt = ({ app, admin }: World) => {
  let made = 0

  const make = async (verbs: TokenVerb[], more: Partial<NewToken> = {}): Promise<MadeToken> => {
    made += 1
    const reply = await admin('POST', OWN, { name: `script ${made}`, verbs, days: 30, ...more })
    if (reply.statusCode !== 201) throw new Error(`no token: ${reply.body}`)
    return reply.json()
  }

  /** Without cookies, tokens of a session, and what a page sends. */
  const ask = (secret: string, method: Method, url: string, { body = {}, from, headers = {} }: Asked = {}) =>
    app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(method !== 'GET' && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(method !== 'GET' && { payload: JSON.stringify(body) }),
      ...(from !== undefined && { remoteAddress: from }),
    })

  return { make, ask }
}

/** A world whose clock stands, that of the gateway too, until time is let pass. */
export const tokenDesk = async (options: Parameters<typeof world>[0] = {}) => {
  const { now, later } = testClock(Date.UTC(2026, 10, 1, 8))
  const here = await world({ now, simulator: { users: 3, buckets: 2, days: 1, now: now() }, ...options })
  const { clock } = here.simulator.control
  const pass = (ms: number) => {
    later(ms)
    clock.advance(ms)
  }

  /** What the audit has of an action that says this. */
  const audited = async (action: string, text: string): Promise<AuditEntry[]> =>
    (await here.admin('GET', `${CLUSTER}/audit?action=${action}&search=${encodeURIComponent(text)}`)).json().items

  /** One of one's own, as the list shows it. */
  const own = async (id: string): Promise<ApiToken | undefined> => {
    const { items }: { items: ApiToken[] } = (await here.admin('GET', OWN)).json()
    return items.find((token) => token.id === id)
  }

  /** Somebody new, who is signed in from now on; whoever was before keeps their session. */
  const joins = async (email: string, role: Role): Promise<string> => {
    const passwordHash = await hashPassword(ADMIN.password)
    const { id } = await adminsOf(here.store).create({ email, role, passwordHash })
    here.inOtherBrowser()
    await here.signIn({ ...ADMIN, email })
    return id
  }

  return { ...here, ...tokensAt(here), now, pass, audited, own, joins }
}
