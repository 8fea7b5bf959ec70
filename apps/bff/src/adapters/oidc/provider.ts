import * as oidc from 'openid-client'
import * as z from 'zod'
import type { Secret } from '../gateway/secret.ts'

const DISCOVERED_MS = 3_600_000
const TIMEOUT_SECONDS = 10
/** How long ago somebody may have shown who they are, where it must have been just now. */
const JUST_NOW_SECONDS = 60

export type ProviderConfig = {
  issuer: URL
  clientId: string
  clientSecret: Secret
  scopes: string
  groupsClaim: string
}

/** What one sign-in is recognised by; whoever knows them could finish it. */
export type Proofs = { state: string; nonce: string; verifier: string }

export type Identity = {
  issuer: string
  subject: string
  /** E-mail, or else a name or the subject: what people call them by. */
  label: string
  groups: string[]
  /** When they last showed who they are; `null` when the provider does not tell. */
  authenticatedAt: Date | null
}

type Reason = 'denied' | 'failed' | 'unreachable'

/** Nobody was signed in. `code` is for the log: words without spaces, of the library or of the standard. */
class SignInRefused extends Error {
  override name = 'SignInRefused'
  readonly reason: Reason
  readonly code: string

  constructor(reason: Reason, code: string) {
    super(`single sign-on: ${reason} (${code})`)
    this.reason = reason
    this.code = code
  }
}

export type Provider = ReturnType<typeof createProvider>

/**
 * A provider of OpenID Connect. It is asked for its addresses when somebody wants to sign in, and again after an hour;
 * while it does not answer, everything rejects with `SignInRefused`.
 */
export const createProvider = ({ issuer, clientId, clientSecret, scopes, groupsClaim }: ProviderConfig) => {
  let known: { at: number; configuration: Promise<oidc.Configuration> } | null = null

  const discover = (): Promise<oidc.Configuration> => {
    if (known && Date.now() - known.at < DISCOVERED_MS) return known.configuration
    const secure = [oidc.enableNonRepudiationChecks]
    const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests, ...secure] : secure
    const configuration = oidc.discovery(issuer, clientId, undefined, authenticate(clientSecret), {
      execute,
      timeout: TIMEOUT_SECONDS,
    })
    const asked = { at: Date.now(), configuration }
    known = asked
    configuration.catch(() => {
      if (known === asked) known = null
    })
    return configuration
  }

  /** Where the browser goes to. With `again`, the provider must ask who it is even if it knows. */
  const begin = async (
    redirectUri: string,
    { state, nonce, verifier }: Proofs,
    { again = false } = {},
  ): Promise<URL> => {
    const configuration = await discover().catch(refuse)
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: scopes,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(again && { max_age: '0' }),
    })
  }

  /** Who came back: checks state, issuer, signature, audience, nonce and times, and spends the code. */
  const finish = async (
    cameBackTo: URL,
    { state, nonce, verifier }: Proofs,
    { again = false } = {},
  ): Promise<Identity> => {
    const configuration = await discover().catch(refuse)
    const tokens = await oidc
      .authorizationCodeGrant(configuration, cameBackTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(again && { maxAge: JUST_NOW_SECONDS }),
      })
      .catch(refuse)
    const claims = tokens.claims()
    if (!claims) throw new SignInRefused('failed', 'no-id-token')
    const { iss, sub, auth_time } = claims
    // Many providers say who somebody is, but in which groups only when they are asked.
    const isWhole = groupsClaim in claims && 'email' in claims
    const more =
      isWhole || !configuration.serverMetadata().userinfo_endpoint
        ? {}
        : await oidc.fetchUserInfo(configuration, tokens.access_token, sub).catch(refuse)
    const all: Record<string, unknown> = { ...more, ...claims }
    return {
      issuer: iss,
      subject: sub,
      label: labelOf(all),
      groups: groupsOf(all[groupsClaim]),
      authenticatedAt: auth_time === undefined ? null : new Date(1000 * auth_time),
    }
  }

  return { begin, finish }
}

/** The way that every provider must know, unless it says that it knows only the other. */
const authenticate = (secret: Secret): oidc.ClientAuth => {
  const basic = oidc.ClientSecretBasic(secret.reveal())
  const post = oidc.ClientSecretPost(secret.reveal())
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported
    return !ways || ways.includes('client_secret_basic') ? basic(server, ...rest) : post(server, ...rest)
  }
}

const Groups = z.union([z.array(z.string()), z.string().transform((group) => [group])]).catch([])
const groupsOf = (claim: unknown): string[] => Groups.parse(claim)

const Name = z
  .string()
  .regex(/^[^\p{C}]{1,200}$/u)
  .optional()
  .catch(undefined)
const Names = z.object({ sub: z.string(), email: Name, preferred_username: Name })

const labelOf = (claims: object): string => {
  const { email, preferred_username, sub } = Names.parse(claims)
  return email ?? preferred_username ?? sub.replace(/\p{C}/gu, '').slice(0, 200)
}

const Word = z
  .string()
  .regex(/^\w{1,64}$/)
  .optional()
  .catch(undefined)
const Failure = z.object({ code: Word, error: Word })

const refuse = (failure: unknown): never => {
  const { code, error } = Failure.safeParse(failure).data ?? {}
  const words = [code, error].filter((word) => word !== undefined).join(' ')
  if (failure instanceof oidc.AuthorizationResponseError && error === 'access_denied') {
    throw new SignInRefused('denied', words)
  }
  // Without a code it is fetch itself that failed.
  const isSilent = code === undefined ? failure instanceof TypeError : NO_ANSWER.includes(code)
  throw new SignInRefused(isSilent ? 'unreachable' : 'failed', words || 'no answer')
}

/** No answer, or one that something in between gave. */
const NO_ANSWER = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']
