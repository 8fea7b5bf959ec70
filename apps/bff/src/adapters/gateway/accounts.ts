import { problem } from '@ostor-console/shared/problem'
import type { Calls } from './calls.ts'
import { asProblem, refusalOf } from './failures.ts'
import { ignored, jsonOf } from './sinks.ts'
import { type KeyPair, readPairs } from './user-reader.ts'

const orNotFound = (error: unknown): never => {
  const refusal = refusalOf(error)
  if (refusal?.status !== 404 || !asProblem(error)?.is('gateway-refused')) throw error
  throw problem(refusal.told.code === 'NoSuchUser' ? 'user-not-found' : 'account-not-found', {}, { cause: error })
}

/** Named containers of further keys under a user. They are read with the user. */
export const accountsOf = (calls: Calls) => ({
  /** The first key; `null` when the answer does not show which it is. */
  async createAccount(userId: string, name: string): Promise<KeyPair | null> {
    const read = jsonOf(readPairs, { keepSecrets: true })
    const [key = null, ...others] = await calls.write('POST', 'ostor-accounts', { id: userId, accountName: name }, read)
    return others.length === 0 ? key : null
  },

  async deleteAccount(userId: string, name: string): Promise<void> {
    await calls.write('DELETE', 'ostor-accounts', { id: userId, accountName: name }, ignored).catch(orNotFound)
  },
})
