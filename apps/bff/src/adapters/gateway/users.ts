import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import type { Spoken } from './dialect.ts'
import { asProblem, isNoSuchOperation, type Refusal, refusalOf } from './failures.ts'
import { ignored, jsonOf, listOf } from './sinks.ts'
import type { Parameters } from './url.ts'
import {
  type GatewayUser,
  type GatewayUserDetail,
  type KeyPair,
  type ListedUser,
  readKeyPairs,
  readListedUser,
  readUser,
  readUserDetails,
} from './user-reader.ts'

/** The gateway does not know the user; any other failure goes on. */
const isUnknownUser = (error: unknown): boolean =>
  refusalOf(error)?.status === 404 && asProblem(error)?.is('gateway-refused') === true

const orNoSuchUser = (error: unknown): never => {
  throw isUnknownUser(error) ? problem('user-not-found', {}, { cause: error }) : error
}

const WRONG_PARAMETER = ['InvalidArgument', 'InvalidRequest', null]
const isWrongParameter = ({ status, told }: Refusal): boolean => status === 400 && WRONG_PARAMETER.includes(told.code)

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const usersOf = (calls: Calls, dialect: Spoken) => {
  const learnShape = (shape: 'bare' | 'wrapped') => dialect.learn('userList', shape, said`The list of users came so`)

  const fetchUsers = (parameters: Parameters) =>
    calls.read('ostor-users', parameters, 'list', listOf('Users', readUser, learnShape))

  const fetchUser = (selector: Parameters) =>
    calls.read('ostor-users', selector, 'one', jsonOf(readUserDetails)).catch((error: unknown) => {
      if (isUnknownUser(error)) return []
      throw error
    })

  type Listed = { users: GatewayUser[]; askedForSizes: boolean }

  const listAll = async (): Promise<Listed> => {
    if (!dialect.mayHave('userSizes')) return { users: await fetchUsers({}), askedForSizes: false }
    try {
      return { users: await fetchUsers({ space: true }), askedForSizes: true }
    } catch (error) {
      const refusal = refusalOf(error)
      if (!asProblem(error)?.is('gateway-refused') || !refusal) throw error
      const isUnknown = isNoSuchOperation(refusal)
      if (refusal.status >= 500 && !isUnknown) throw error
      const users = await fetchUsers({})
      // The same question was taken without the flag, so it is the flag that is not.
      if (isUnknown || isWrongParameter(refusal))
        dialect.suspectMissing('userSizes', said`The list of users with "space" was refused with ${refusal.status}`)
      return { users, askedForSizes: false }
    }
  }

  /** Versions that do not know the flag may pass it over. */
  const learnSizes = (told: number, of: number): void => {
    if (of === 0) return
    if (told === of) dialect.learn('userSizes', 'yes', said`The list of users with "space" told them`)
    if (told === 0) dialect.learn('userSizes', 'no', said`The list of users with "space" told none`)
  }

  return {
    /** All users, each id once. `sized` is false when the gateway does not tell how much they store. */
    async listUsers(): Promise<{ users: GatewayUser[]; sized: boolean }> {
      const { users: listed, askedForSizes } = await listAll()
      const byId = new Map(listed.map((user) => [user.id, user]))
      const users = byId.size === listed.length ? listed : [...byId.values()]
      const told = users.filter(({ storedBytes }) => storedBytes !== null).length
      if (askedForSizes) learnSizes(told, users.length)
      return { users, sized: told === users.length && dialect.mayHave('userSizes') }
    },

    /** All users as the list alone tells them, each id once. */
    async listStanding(): Promise<ListedUser[]> {
      const listed = await calls.read('ostor-users', {}, 'list', listOf('Users', readListedUser))
      return [...new Map(listed.map((user) => [user.id, user])).values()]
    },

    async getUser(id: string): Promise<GatewayUserDetail> {
      const found = (await fetchUser({ id })).find((user) => sameText(user.id, id))
      if (!found) throw problem('user-not-found')
      dialect.learn(
        'accounts',
        found.accounts ? 'yes' : 'no',
        found.accounts ? said`A user was told with accounts` : said`A user was told without accounts`,
      )
      return found
    },

    /** Throws `email-ambiguous` when the gateway answers with several. */
    async findUserByEmail(email: string): Promise<GatewayUserDetail | null> {
      const found = (await fetchUser({ emailAddress: email })).filter((user) => sameText(user.email, email))
      if (found.length > 1) throw problem('email-ambiguous')
      return found[0] ?? null
    },

    /** `key` is `null` when the answer does not show which pair is the new one. */
    async createUser(email: string): Promise<{ id: string; email: string; key: KeyPair | null }> {
      const read = jsonOf(readKeyPairs, { keepSecrets: true })
      const created = await calls.write('PUT', 'ostor-users', { emailAddress: email }, read)
      const [key = null, ...others] = created.pairs
      return { id: created.id, email: created.email ?? email, key: others.length === 0 ? key : null }
    },

    async setUserState(email: string, state: 'enabled' | 'disabled'): Promise<void> {
      const flag = state === 'enabled' ? { enable: true as const } : { disable: true as const }
      await calls.write('POST', 'ostor-users', { emailAddress: email, ...flag }, ignored).catch(orNoSuchUser)
    },

    async deleteUser(id: string): Promise<void> {
      await calls.write('DELETE', 'ostor-users', { id }, ignored).catch(orNoSuchUser)
    },
  }
}
