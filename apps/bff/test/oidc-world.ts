import { expect, onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import { createProvider } from '../src/adapters/oidc/provider.ts'
import type { Store } from '../src/adapters/store/store.ts'
import { providerVisitor } from './oidc-browser.ts'
import { CLIENT, startProvider } from './oidc-provider.ts'
import { world } from './world.ts'

export const START = '/api/v1/session/oidc'
const PEOPLE = { ada: ['admins', 'support'], ben: ['support'], eve: ['visitors'] }

/** The whole BFF beside a real provider of OpenID Connect; both end with the test. */
export const withProvider = async (
  options: Parameters<typeof world>[0] & { inToken?: boolean; emergencyAdmins?: string[] | null } = {},
) => {
  const idp = await startProvider({ people: PEOPLE, inToken: options.inToken ?? false })
  onTestFinished(() => idp.stop())
  const provider = createProvider({
    issuer: new URL(idp.issuer),
    clientId: CLIENT.id,
    clientSecret: Secret.of(CLIENT.secret),
    scopes: 'openid profile email',
    groupsClaim: 'groups',
  })
  const sso = {
    provider,
    name: 'Example Login',
    emergencyAdmins: options.emergencyAdmins ?? null,
    roles: [
      ['support', 'operator'],
      ['admins', 'admin'],
    ] as const,
  }
  const built = await world({ signedIn: false, ...options, parts: { sso, ...options.parts } })
  const get = (url: string, cookie = '') => built.app.inject({ url, headers: { host: '127.0.0.1', cookie } })

  /** Begins a sign-in; `change` tampers with what the provider is asked. */
  const begin = async (query = '', session = '') => {
    const reply = await get(`${START}${query}`, session)
    const cookie = reply.cookies.find(({ name }) => name === 'login')
    return { reply, address: reply.headers.location ?? '', cookie: `login=${cookie?.value}` }
  }
  const back = (address: URL, cookie: string) => get(`${address.pathname}${address.search}`, cookie)
  /** All the way to the callback. */
  const signIn = async (login: string | null, query = '', session = '') => {
    const { address, cookie } = await begin(query, session)
    const returned = await providerVisitor()(address, login)
    return { reply: await back(returned, cookie), returned, cookie }
  }
  const sessionOf = async ({ reply }: Awaited<ReturnType<typeof signIn>>) => {
    const sid = reply.cookies.find(({ name }) => name === 'sid')
    return (await get('/api/v1/session', `sid=${sid?.value}`)).json()
  }
  return { ...built, idp, get, begin, back, sso: signIn, sessionOf }
}

/** What the sign-in page is told; nobody is signed in. */
export const problemOf = ({
  reply,
}: {
  reply: { statusCode: number; headers: Record<string, unknown>; cookies: { name: string }[] }
}) => {
  expect(reply.cookies.map(({ name }) => name)).not.toContain('sid')
  const { searchParams, pathname } = new URL(String(reply.headers['location']), 'http://own.invalid')
  return pathname === '/sign-in' ? searchParams.get('problem') : pathname
}

export const auditOf = async ({ store }: { store: Store }) =>
  (await store.db.selectFrom('audit').select(['actor', 'action', 'outcome', 'detail']).orderBy('seq').execute()).map(
    ({ actor, action, outcome, detail }) => [actor, action, outcome, detail].filter(Boolean).join(' '),
  )
