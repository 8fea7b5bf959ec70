import { Refusal, wrongParameters } from '../refusal.ts'
import type { Pair, User } from '../world/users.ts'
import { json, type Operation, type World } from './operation.ts'
import type { Parameters } from './parameters.ts'
import { selectUser } from './selectors.ts'
import { wireKeys } from './wire-keys.ts'

const PAIRS_AT_MOST = 2
const VERBS = ['genKey', 'revokeKey', 'disable', 'enable'] as const

export const noSuchAccount = () => new Refusal(404, 'NoSuchAccount', 'The specified account does not exist.')

const holderOf = (user: User, account: string | undefined): { keys: Pair[] } => {
  const holder = account === undefined ? user : user.accounts.find(({ name }) => name === account)
  if (!holder) throw noSuchAccount()
  return holder
}

const generate = (world: World, user: User, holder: { keys: Pair[] }) => {
  if (holder.keys.length >= PAIRS_AT_MOST) {
    throw new Refusal(409, 'KeyLimitExceeded', 'A user can only have two key pairs.')
  }
  const fresh = world.users.newPair(user)
  holder.keys.push(fresh)
  const shown = world.settings.genKeyAnswer === 'both' ? holder.keys : [fresh]
  return json(JSON.stringify({ UserEmail: user.email, UserId: user.id, AWSAccessKeys: wireKeys(shown) }))
}

const revoke = (world: World, holder: { keys: Pair[] }, keyId: string) => {
  const at = holder.keys.findIndex(({ id }) => id === keyId)
  if (at < 0) throw new Refusal(404, 'NoSuchAccessKey', 'The specified access key does not exist.')
  if (holder.keys.length === 1 && world.settings.lastKey === 'refuse') {
    throw new Refusal(409, 'LastKey', 'The last access key pair cannot be deleted.')
  }
  holder.keys.splice(at, 1)
  return json('')
}

const selected = (world: World, parameters: Parameters): User => {
  if (parameters.value('emailAddress') === undefined) throw wrongParameters('emailAddress is required.')
  return world.users.change(selectUser(world, parameters))
}

/** POST of ostor-users: exactly one of genKey, revokeKey, disable and enable. */
export const changeKeys: Operation = (world, { parameters }) => {
  if (parameters.count(VERBS) !== 1)
    throw wrongParameters('Exactly one of genKey, revokeKey, disable and enable is required.')
  const user = selected(world, parameters)
  const account = world.settings.versionNumber >= 406 ? parameters.value('accountName') : undefined
  if (parameters.has('genKey')) return generate(world, user, holderOf(user, account))
  if (parameters.has('revokeKey')) {
    const keyId = parameters.value('revokeKey')
    if (keyId === undefined) throw wrongParameters('revokeKey needs an access key id.')
    return revoke(world, holderOf(user, account), keyId)
  }
  world.users.setState(user.index, parameters.has('disable') ? 'disabled' : 'enabled')
  return json('')
}
