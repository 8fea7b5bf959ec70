import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Configuration, Provider } from 'oidc-provider'
import * as z from 'zod'

export const CLIENT = { id: 'ostor-console', secret: 'canary-oidc-client-secret' }

type Claims = Record<string, unknown>
type Header = Record<string, unknown>
/** Changes what stands in an ID token before it is signed; `sign: false` leaves out the signature, `forge` takes another key. */
type Tampering = (token: { header: Header; claims: Claims }) => {
  header?: Header
  claims?: Claims
  forge?: true
  sign?: false
}

type Options = {
  /** Login → groups. */
  people: Record<string, string[]>
  /** Says groups and e-mail in the ID token itself. */
  inToken?: boolean
}

const Tokens = z.looseObject({ id_token: z.string() })

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const [own, foreign] = [newKey(), newKey()]

/** A real provider of OpenID Connect on a loopback port. Whoever signs in with a login is that person, whatever the password. */
export const startProvider = async ({ people, inToken = false }: Options) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  const issuer = `http://127.0.0.1:${address.port}`
  let tampering: Tampering | null = null
  const groups = new Map(Object.entries(people))

  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        // Of such an application every port on loopback will do.
        application_type: 'native',
        redirect_uris: [
          'http://127.0.0.1/api/v1/session/oidc/callback',
          'http://localhost/api/v1/session/oidc/callback',
        ],
      },
    ],
    jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a key of the provider for its own cookies'] },
    claims: { openid: ['sub'], email: ['email'], profile: ['groups', 'preferred_username'] },
    conformIdTokenClaims: !inToken,
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, preferred_username: id, groups: groups.get(id) ?? [] }),
    }),
    ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 600, AccessToken: 600, AuthorizationCode: 60 },
  }
  const provider = new Provider(issuer, configuration)
  provider.use(async (context, next) => {
    await next()
    const answer = context.path === '/token' ? Tokens.safeParse(context.body) : null
    if (answer?.success && tampering) {
      context.body = { ...answer.data, id_token: tampered(answer.data.id_token, tampering) }
    }
  })
  const callback = provider.callback()
  server.on('request', (request, response) => void callback(request, response))

  const tampered = (token: string, change: Tampering): string => {
    const [header = {}, claims = {}] = token
      .split('.', 2)
      .map((part) => Part.parse(JSON.parse(Buffer.from(part, 'base64url').toString())))
    const changed = change({ header, claims })
    const text = [changed.header ?? header, changed.claims ?? claims].map(encoded).join('.')
    const signature = createSign('sha256')
      .update(text)
      .sign(changed.forge ? foreign : own, 'base64url')
    return `${text}.${changed.sign === false ? '' : signature}`
  }

  return {
    issuer,
    /** From now on, until it is told otherwise. */
    tamper: (change: Tampering | null): void => {
      tampering = change
    },
    setGroups: (login: string, of: string[]): void => void groups.set(login, of),
    async start(): Promise<void> {
      server.listen(address.port, '127.0.0.1')
      await once(server, 'listening')
    },
    async stop(): Promise<void> {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const Part = z.record(z.string(), z.unknown())
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
