import { randomUUID } from 'node:crypto'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Asks the console at the address that admins open, and logs whether they can sign in there. Never throws. */
    checkOwnAddress(): Promise<void>
  }
}

type Ask = (url: URL, init: RequestInit) => Promise<Response>
type Arrival = { protocol: string; host: string | undefined; from: string | undefined }

const MARK = 'x-ostor-console-check'
const LONGEST_MS = 5_000

/** The proxy decides whether a secure cookie comes out; one request through it tells, before the first admin tries. */
export const ownAddress = fp<{ publicUrl: URL | null; ask?: Ask }>(
  async (app, { publicUrl, ask = fetch }) => {
    const mark = randomUUID()
    let arrival: Arrival | null = null

    app.addHook('onRequest', async ({ headers, protocol, socket }, reply) => {
      if (headers[MARK] !== mark) return
      arrival = { protocol, host: headers.host, from: socket.remoteAddress }
      reply.setCookie(COOKIE, '', { path: '/', secure: true, httpOnly: true, sameSite: 'strict', maxAge: 0 })
    })

    app.decorate('checkOwnAddress', async () => {
      if (publicUrl?.protocol !== 'https:') return
      try {
        const init = { headers: { [MARK]: mark }, redirect: 'error' as const, signal: AbortSignal.timeout(LONGEST_MS) }
        const cookies = (await ask(new URL('/livez', publicUrl), init)).headers.getSetCookie()
        const wrong = arrival && wrongWith(arrival, cookies, publicUrl)
        if (wrong) app.log.error({ publicUrl: publicUrl.origin }, wrong)
        else if (arrival) app.log.info('a cookie comes through the proxy: people can sign in at PUBLIC_URL')
        else app.log.warn('PUBLIC_URL was answered by another program or another console: this one was not reached')
      } catch (err) {
        app.log.info({ err }, 'PUBLIC_URL cannot be asked from here: whether a cookie comes through is not known')
      }
    })
  },
  { name: 'own-address' },
)

const COOKIE = '__Host-check'

const wrongWith = ({ protocol, host, from }: Arrival, cookies: string[], { host: name }: URL): string | null => {
  if (protocol !== 'https')
    return `nobody can sign in: what is sent to PUBLIC_URL arrives as http from ${from}. The proxy must send X-Forwarded-Proto, and TRUST_PROXY must name ${from}`
  if (host !== name)
    return `nobody can open the console: what is sent to PUBLIC_URL arrives for the host ${host}. The proxy must pass on the Host header, ${name}`
  if (!cookies.some((cookie) => cookie.startsWith(`${COOKIE}=`)))
    return 'nobody can sign in: the proxy takes Set-Cookie out of what the console answers'
  return null
}
