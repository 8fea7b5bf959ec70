import { said } from '@ostor-console/shared/said'
import type { UserState } from '@ostor-console/shared/users'
import { BadReply } from './failures.ts'
import { Secret } from './secret.ts'
import { field, isWire, sizeOf, textOf, type Wire } from './wire.ts'

export type GatewayUser = {
  id: string
  email: string
  state: UserState
  flags: string[]
  ownerId: string | null
  /** `null` when the gateway does not tell sizes by user. */
  storedBytes: bigint | null
}

export type GatewayUserDetail = GatewayUser & {
  keyIds: string[]
  /** `null` when this version of the gateway has no accounts. */
  accounts: { name: string; keyIds: string[] }[] | null
}

export type KeyPair = { id: string; secret: Secret }

const listAt = (wire: Wire, name: string): Wire[] => {
  const list = field(wire, name)
  return Array.isArray(list) ? list.filter(isWire) : []
}

const stateOf = (value: unknown): UserState => (value === 'enabled' || value === 'disabled' ? value : 'unknown')

const required = (wire: Wire, name: string): string => {
  const text = textOf(field(wire, name))
  if (text === null || text === '') throw new BadReply(said`a user has no ${name}`)
  return text
}

const spaceOf = (wire: Wire): bigint | null => {
  const space = field(wire, 'SpaceStat')
  return isWire(space) ? sizeOf(field(space, 'SizeCurr')) : null
}

const keyIdsOf = (wire: Wire): string[] =>
  listAt(wire, 'AWSAccessKeys').flatMap((key) => textOf(field(key, 'AWSAccessKeyId')) ?? [])

export const readUser = (wire: Wire): GatewayUser => {
  const flags = field(wire, 'Flags')
  return {
    id: required(wire, 'UserId'),
    email: textOf(field(wire, 'UserEmail')) ?? '',
    state: stateOf(field(wire, 'State')),
    flags: Array.isArray(flags) ? flags.filter((flag) => typeof flag === 'string') : [],
    ownerId: textOf(field(wire, 'OwnerId')),
    storedBytes: spaceOf(wire),
  }
}

/** A user without accounts may be told as a count of 0, which some versions write as text. */
const accountsOf = (wire: Wire): GatewayUserDetail['accounts'] => {
  if (!Array.isArray(field(wire, 'Accounts'))) return sizeOf(field(wire, 'AccountCount')) === 0n ? [] : null
  return listAt(wire, 'Accounts').map((account) => ({
    name: textOf(field(account, 'Name')) ?? '',
    keyIds: keyIdsOf(account),
  }))
}

/** What a list says of a user. `keyIds` is `null` where it does not tell them, as lists of newer gateways do not. */
export type ListedUser = Pick<GatewayUser, 'id' | 'email' | 'state'> & { keyIds: string[] | null }

export const readListedUser = (wire: Wire): ListedUser => {
  const { id, email, state } = readUser(wire)
  return { id, email, state, keyIds: Array.isArray(field(wire, 'AWSAccessKeys')) ? keyIdsOf(wire).toSorted() : null }
}

const readUserDetail = (wire: Wire): GatewayUserDetail => ({
  ...readUser(wire),
  keyIds: keyIdsOf(wire),
  accounts: accountsOf(wire),
})

/** Every user in the answer to a question for one: versions differ in whether it is wrapped. */
export const readUserDetails = (document: unknown): GatewayUserDetail[] => {
  if (Array.isArray(document)) return document.filter(isWire).map(readUserDetail)
  if (!isWire(document)) throw new BadReply(said`it is not a user`)
  const wrapped = field(document, 'Users')
  return Array.isArray(wrapped) ? wrapped.filter(isWire).map(readUserDetail) : [readUserDetail(document)]
}

/** The pairs with their secrets, from the answers that are asked for them. */
export const readKeyPairs = (document: unknown) => {
  if (!isWire(document)) throw new BadReply(said`it is not a user with keys`)
  return {
    id: required(document, 'UserId'),
    email: textOf(field(document, 'UserEmail')),
    pairs: readPairs(document),
  }
}

export const readPairs = (document: unknown): KeyPair[] => {
  if (!isWire(document)) throw new BadReply(said`it holds no keys`)
  return listAt(document, 'AWSAccessKeys').flatMap((key) => {
    const id = textOf(field(key, 'AWSAccessKeyId'))
    const secret = textOf(field(key, 'AWSSecretAccessKey'))
    return id && secret ? [{ id, secret: Secret.of(secret) }] : []
  })
}

/** The pairs of every user in the answer to a question for one, with their secrets. */
export const readPairsOfAll = (document: unknown): KeyPair[] => {
  if (Array.isArray(document)) return document.flatMap(readPairs)
  if (!isWire(document)) throw new BadReply(said`it is not a user`)
  const wrapped = field(document, 'Users')
  return Array.isArray(wrapped) ? wrapped.flatMap(readPairs) : readPairs(document)
}
