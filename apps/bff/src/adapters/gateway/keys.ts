import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import type { Spoken } from './dialect.ts'
import { asProblem, refusalOf } from './failures.ts'
import type { Secret } from './secret.ts'
import { ignored, jsonOf } from './sinks.ts'
import { type KeyPair, readKeyPairs, readPairsOfAll } from './user-reader.ts'

const notFound =
  (kind: 'user-not-found' | 'key-not-found') =>
  (error: unknown): never => {
    const unknown = refusalOf(error)?.status === 404 && asProblem(error)?.is('gateway-refused')
    throw unknown ? problem(kind, {}, { cause: error }) : error
  }

const ofAccount = (name: string | undefined) => (name === undefined ? {} : { accountName: name })

/** Keys of a user, or of one of their accounts. */
export const keysOf = (calls: Calls, dialect: Spoken) => ({
  /** `knownKeyIds` are the keys before: some versions answer with all pairs, and the new one is the one not known. */
  async generateKey(email: string, knownKeyIds: readonly string[], account?: string): Promise<KeyPair> {
    const read = jsonOf(readKeyPairs, { keepSecrets: true })
    const selector = { emailAddress: email, ...ofAccount(account), genKey: true as const }
    const { pairs } = await calls.write('POST', 'ostor-users', selector, read).catch(notFound('user-not-found'))
    learnAnswer(dialect, pairs, knownKeyIds)
    const [key, ...others] = pairs.filter(({ id }) => !knownKeyIds.includes(id))
    if (key && others.length === 0) return key
    throw problem('outcome-unknown', {
      detail: key ? said`Several keys are new: somebody else made one as well` : said`The answer holds no new key`,
    })
  },

  /** Of a key that is there; `null` when it is not, or its user is not. */
  async secretOf(userId: string, keyId: string): Promise<Secret | null> {
    const read = jsonOf(readPairsOfAll, { keepSecrets: true })
    const pairs = await calls.read('ostor-users', { id: userId }, 'one', read).catch((error: unknown) => {
      if (refusalOf(error)?.status === 404) return []
      throw error
    })
    return pairs.find(({ id }) => id === keyId)?.secret ?? null
  },

  async revokeKey(email: string, keyId: string, account?: string): Promise<void> {
    const selector = { emailAddress: email, ...ofAccount(account), revokeKey: keyId }
    await calls.write('POST', 'ostor-users', selector, ignored).catch(notFound('key-not-found'))
  },
})

/** Only the answer for somebody who had a key already tells. */
const learnAnswer = (dialect: Spoken, pairs: KeyPair[], known: readonly string[]): void => {
  if (known.length === 0 || pairs.length === 0) return
  if (pairs.some(({ id }) => known.includes(id)))
    dialect.learn('newKey', 'all-pairs', said`The answer to a new key held the key before as well`)
  else dialect.learn('newKey', 'new-pair', said`The answer to a new key held nothing else`)
}
