import { notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import { sizeAt } from '../world/sizes.ts'
import type { User } from '../world/users.ts'
import { changeKeys } from './keys.ts'
import { json, nothing, type Operation, type World } from './operation.ts'
import { selectUser } from './selectors.ts'
import { wireKeys } from './wire-keys.ts'

const OWNER = '0000000000000000'

const summaryOf = (world: World, { email, id, state, flags }: Pick<User, 'email' | 'id' | 'state' | 'flags'>) => ({
  UserEmail: email,
  UserId: id,
  State: state,
  OwnerId: OWNER,
  ...(world.settings.versionNumber >= 406 ? { Flags: flags } : {}),
})

/** The sizes of all buckets of a user together; written by hand since the integral may pass 2^53. */
const spaceOf = (world: World, index: number): string => {
  let current = 0
  let hmax = 0
  let integral = 0n
  let lastHour = 0
  for (const { curve } of world.buckets.of(index)) {
    const size = sizeAt(curve, world.clock.now())
    current += size.current
    hmax += size.hmax
    integral += size.integral
    lastHour = Math.max(lastHour, size.lastHour)
  }
  return `{"LastTs":${lastHour},"SizeCurr":${current},"SizeHMax":${hmax},"SizeHInt":${integral}}`
}

const listed = (world: World, index: number, withSpace: boolean): string => {
  const summary = summaryOf(world, world.users.summary(index))
  const keys = world.settings.listSecrets ? { AWSAccessKeys: wireKeys(world.users.at(index).keys) } : {}
  const text = JSON.stringify({ ...summary, ...keys })
  return withSpace ? `${text.slice(0, -1)},"SpaceStat":${spaceOf(world, index)}}` : text
}

const SHAPES = { bare: ['[', ']'], wrapped: ['{"Users":[', ']}'], lowercase: ['{"users":[', ']}'] } as const

const list = function* (world: World, withSpace: boolean): Generator<string> {
  const [open, close] = SHAPES[world.settings.listShape]
  let piece: string = open
  let separator = ''
  for (const index of world.users.indices()) {
    piece += separator + listed(world, index, withSpace)
    separator = ','
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece + close
}

const one = (world: World, index: number): string => {
  const { versionNumber, accountCount } = world.settings
  const user = world.users.at(index)
  const { UserEmail, UserId, ...state } = summaryOf(world, user)
  const count = user.accounts.length
  const accounts = {
    AccountCount: accountCount === 'string' ? String(count) : count,
    Accounts: user.accounts.map(({ name, keys }) => ({ Name: name, AWSAccessKeys: wireKeys(keys) })),
  }
  return JSON.stringify({
    UserEmail,
    UserId,
    ...(versionNumber < 204 ? {} : state),
    AWSAccessKeys: wireKeys(user.keys),
    ...(versionNumber >= 406 ? accounts : {}),
  })
}

const get: Operation = (world, { parameters }) => {
  const withSpace = parameters.has('space') && world.settings.versionNumber >= 602
  if (parameters.count(withSpace ? ['emailAddress', 'id', 'space'] : ['emailAddress', 'id']) > 1) {
    throw wrongParameters('More than one parameter is set.')
  }
  // A selector without a value selects nothing, so all are listed.
  const isOne = (parameters.value('emailAddress') ?? parameters.value('id')) !== undefined
  return json(isOne ? one(world, selectUser(world, parameters)) : list(world, withSpace))
}

const create: Operation = (world, { parameters }) => {
  const email = parameters.value('emailAddress')
  if (email === undefined || parameters.has('id')) throw wrongParameters('emailAddress, and it alone, is required.')
  const existing = world.users.indexOfEmail(email)
  if (existing !== undefined && world.settings.createDuplicate === 'conflict') {
    throw new Refusal(409, 'UserAlreadyExists', 'A user with this e-mail address already exists.')
  }
  const isSame = existing !== undefined && world.settings.createDuplicate === 'same'
  const user = isSame ? world.users.at(existing) : world.users.create(email)
  return json(JSON.stringify({ UserEmail: user.email, UserId: user.id, AWSAccessKeys: wireKeys(user.keys) }))
}

const remove: Operation = (world, { parameters }) => {
  const index = selectUser(world, parameters)
  const owned = [...world.buckets.of(index)].length
  if (owned > 0) throw new Refusal(409, 'UserOwnsBuckets', `The user owns ${owned} bucket(s) and cannot be deleted.`)
  world.users.remove(index)
  world.limits.delete(`user:${index}`)
  world.quotas.delete(`user:${index}`)
  return { ...nothing(world), status: Number(world.settings.deleteUserStatus) }
}

const KEY_VERBS = ['genKey', 'revokeKey'] as const

export const users: Operation = (world, request) => {
  const { method, parameters } = request
  const { keyMethod } = world.settings
  const isAboutKeys = parameters.count(KEY_VERBS) > 0
  if (method === 'GET') return get(world, request)
  if (method === 'DELETE') return remove(world, request)
  if (method === 'PUT' && !isAboutKeys) return create(world, request)
  if (method !== 'PUT' && method !== 'POST') throw notAllowed(method)
  if (isAboutKeys && keyMethod !== 'both' && keyMethod !== method) {
    throw wrongParameters(`genKey and revokeKey are not parameters of ${method}.`)
  }
  return changeKeys(world, request)
}
