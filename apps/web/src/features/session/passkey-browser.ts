import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { NewPasskey, PasskeyAnswer, PasskeyOffer, PasskeyRequest } from '@ostor-console/shared/passkeys'
import { ProblemError } from '@ostor-console/shared/problem'
import type { WebAuthnErrorCode } from '@simplewebauthn/browser'

// Read when it is needed: most pages never do.
const library = () => import('@simplewebauthn/browser')

/** Why no passkey can be used here, in words for a person; `null` when it can. */
export const whyNoPasskeys = (isPlace: boolean): string | null => {
  if (!isPlace) return t`Passkeys need the console at a name with https, or at http://localhost: open it there.`
  return 'PublicKeyCredential' in window ? null : t`This browser knows no passkeys.`
}

/** Lets the admin unlock a passkey. Rejects with a problem of its own when nothing came of it. */
export const answerTo = async (request: PasskeyRequest): Promise<PasskeyAnswer> => {
  const { startAuthentication } = await library()
  const { id, response } = await startAuthentication({
    optionsJSON: { ...request, allowCredentials: request.allowCredentials.map(known) },
  }).catch(inWords)
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return { id, clientDataJSON, authenticatorData, signature, ...(userHandle !== undefined && { userHandle }) }
}

/** Lets the admin make a passkey. Rejects with a problem of its own when nothing came of it. */
export const makeFor = async (offer: PasskeyOffer, name: string): Promise<NewPasskey> => {
  const { startRegistration } = await library()
  const { id, response } = await startRegistration({
    optionsJSON: { ...offer, excludeCredentials: offer.excludeCredentials.map(known) },
  }).catch(inWords)
  const { clientDataJSON, attestationObject, transports = [] } = response
  return {
    name,
    id,
    clientDataJSON,
    attestationObject,
    transports: TRANSPORTS.filter((each) => transports.includes(each)),
  }
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

const known = ({ transports = [], ...passkey }: PasskeyRequest['allowCredentials'][number]) => ({
  ...passkey,
  transports: TRANSPORTS.filter((each) => transports.includes(each)),
})

const WORDS = new Map<WebAuthnErrorCode, MessageDescriptor>([
  [
    'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED',
    msg`This device has a passkey for this console already. Use another device.`,
  ],
  [
    'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT',
    msg`This device can keep no passkeys. Use another one, or your password manager.`,
  ],
  [
    'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT',
    msg`This device asks for no PIN, finger or face. Set one up, or use another device.`,
  ],
])
const OTHERWISE = msg`It was cancelled, it took too long, or this device has none for this console. Nothing was changed.`

const inWords = (cause: unknown): never => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const detail = t([...WORDS].find(([each]) => each === code)?.[1] ?? OTHERWISE)
  throw new ProblemError({ type: 'about:blank', title: t`No passkey was used`, status: 0, detail }, { cause })
}
