import { ACCOUNT, factorDesk } from './factor-desk.ts'
import { type SoftwarePasskey, softwarePasskey } from './software-passkey.ts'

export const PASSKEYS = '/api/v1/account/passkeys'
export const WITH_PASSKEY = '/api/v1/session/passkey'
export const PROOF = '/api/v1/session/proof/passkey'

type Told = Parameters<SoftwarePasskey['answer']>[1]

/** A console whose clock stands still, and devices with passkeys beside it. */
export const passkeyDesk = async (options: Parameters<typeof factorDesk>[0] = {}) => {
  const desk = await factorDesk(options)
  const { admin } = desk
  const offered = async () => (await admin('POST', `${ACCOUNT}/passkey-challenge`)).json()
  const asked = async (where = WITH_PASSKEY) => (await admin('POST', `${where}/challenge`)).json()
  const add = async (passkey: SoftwarePasskey, name = 'Laptop') => {
    const reply = await admin('POST', PASSKEYS, passkey.make(await offered(), name))
    if (reply.statusCode !== 200) throw new Error(`add: ${reply.body}`)
    return reply
  }
  /** Whoever is signed in has a passkey from now on. */
  const withPasskey = async () => {
    const passkey = softwarePasskey()
    await add(passkey)
    return passkey
  }
  /** Asks for a challenge and answers it. */
  const show = async (passkey: SoftwarePasskey, where = WITH_PASSKEY, told: Told = {}) =>
    await admin('POST', where, passkey.answer(await asked(where), told))
  return { ...desk, offered, asked, add, withPasskey, show }
}
