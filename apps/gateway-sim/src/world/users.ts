import { type Settled } from '../options.ts'
import type { Clock } from './clock.ts'
import { hash, idOf, indexOf, isAmong, letters } from './hash.ts'
import { HOSTILE_TEXTS } from './hostile.ts'
import type { Names } from './names.ts'

export type Pair = { id: string; secret: string }
export type Account = { name: string; keys: Pair[] }
export type State = 'enabled' | 'disabled'
export type User = {
  index: number
  id: string
  email: string
  state: State
  flags: string[]
  keys: Pair[]
  accounts: Account[]
}
type Summary = Omit<User, 'keys' | 'accounts'>

const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const SECRET_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const SYSTEM = 0

/** All users. Those nobody changed are not stored: they follow from the seed and their number. */
export const createUsers = (settings: Settled, names: Names, clock: Clock) => {
  const { seed, users: ordinary } = settings
  const changed = new Map<number, User>()
  const removed = new Set<number>()
  const givenEmails = new Map<string, number[]>()
  const stateChanges = new Map<number, { at: number; state: State }[]>()
  let last = ordinary
  let keySerial = 1000

  const pair = (index: number, serial: number): Pair => ({
    id: idOf(seed, index) + letters(KEY_CHARACTERS, 4, seed + 30, index, serial),
    secret: letters(SECRET_CHARACTERS, 40, seed + 31, index, serial),
  })

  const emailOf = (index: number): string => {
    if (index === SYSTEM) return 'console@system.example'
    const number = index - 1
    if (settings.hostile && number < HOSTILE_TEXTS.length) return HOSTILE_TEXTS[number] ?? ''
    const isDuplicate = isAmong(settings.duplicateEmails, number, ordinary) && number > 0
    return names.email(isDuplicate ? number - 1 : number)
  }

  const generatedState = (index: number): State =>
    index > SYSTEM && index <= ordinary && isAmong(settings.disabledUsers, ordinary - index, ordinary)
      ? 'disabled'
      : 'enabled'

  const summary = (index: number): Summary =>
    changed.get(index) ?? {
      index,
      id: idOf(seed, index),
      email: emailOf(index),
      state: generatedState(index),
      flags: index === SYSTEM ? ['system'] : [],
    }

  const keysOf = (index: number): Pair[] => {
    if (index === SYSTEM) return [pair(index, 0)]
    const at = index - 1
    if (isAmong(settings.zeroKeyUsers, at, ordinary)) return []
    return isAmong(settings.twoKeyUsers, at, ordinary) ? [pair(index, 0), pair(index, 1)] : [pair(index, 0)]
  }

  const accountsOf = (index: number): Account[] => {
    if (index === SYSTEM || !isAmong(settings.accountUsers, index - 1, ordinary)) return []
    return Array.from({ length: 1 + (hash(seed, 32, index) % 3) }, (_, nth) => ({
      name: `account${nth + 1}`,
      keys: Array.from({ length: hash(seed, 33, index, nth) % 3 }, (_unused, at) => pair(index, 10 + nth * 2 + at)),
    }))
  }

  const at = (index: number): User =>
    changed.get(index) ?? { ...summary(index), keys: keysOf(index), accounts: accountsOf(index) }

  const exists = (index: number) => index >= 0 && index <= last && !removed.has(index)

  /** The user as a record that stays, so that a change to it lasts. */
  const change = (index: number): User => {
    const user = at(index)
    changed.set(index, user)
    return user
  }

  const keyIdsOf = ({ keys, accounts }: User) =>
    [keys, ...accounts.map((account) => account.keys)].flat().map(({ id }) => id)

  return {
    system: at(SYSTEM),
    at,
    change,

    setState(index: number, state: State): void {
      change(index).state = state
      stateChanges.set(index, [...(stateChanges.get(index) ?? []), { at: clock.now(), state }])
    },

    /** Whether the keys of a user worked at that instant, so that there can have been traffic. */
    wasEnabled(index: number, instant: number): boolean {
      const latest = stateChanges.get(index)?.findLast((one) => one.at <= instant)
      return (latest?.state ?? generatedState(index)) === 'enabled'
    },

    *indices(): Generator<number> {
      for (let index = 0; index <= last; index++) if (!removed.has(index)) yield index
    },

    summary,

    indexOfId(id: string): number | undefined {
      const index = indexOf(seed, id)
      return index !== undefined && exists(index) ? index : undefined
    },

    /** The first user with that e-mail, in the order of the list. */
    indexOfEmail(email: string): number | undefined {
      if (email === emailOf(SYSTEM) && exists(SYSTEM)) return SYSTEM
      const number = names.numberOfEmail(email)
      const hostile = settings.hostile ? HOSTILE_TEXTS.indexOf(email) : -1
      const candidates = [number, hostile].filter((one) => one !== undefined && one >= 0 && one < ordinary)
      const generated = candidates.flatMap((one) => [(one ?? 0) + 1, (one ?? 0) + 2])
      const all = [...generated, ...(givenEmails.get(email) ?? [])]
      return all.find((index) => exists(index) && summary(index).email === email)
    },

    create(email: string, keyCount = 1): User {
      last += 1
      const user: User = {
        index: last,
        id: idOf(seed, last),
        email,
        state: 'enabled',
        flags: [],
        keys: [],
        accounts: [],
      }
      changed.set(last, user)
      givenEmails.set(email, [...(givenEmails.get(email) ?? []), last])
      for (let nth = 0; nth < keyCount; nth++) user.keys.push(pair(last, nth))
      return user
    },

    remove(index: number): void {
      changed.delete(index)
      removed.add(index)
    },

    /** A pair this user has not had before. */
    newPair(user: User): Pair {
      for (;;) {
        keySerial += 1
        const fresh = pair(user.index, keySerial)
        if (!keyIdsOf(user).includes(fresh.id)) return fresh
      }
    },

    /** Who holds this access key. */
    ownerOfKey(keyId: string): { user: User; secret: string } | undefined {
      const index = indexOf(seed, keyId.slice(0, 16))
      if (index === undefined || !exists(index)) return undefined
      const user = at(index)
      const own = [user.keys, ...user.accounts.map(({ keys }) => keys)].flat().find(({ id }) => id === keyId)
      return own && { user, secret: own.secret }
    },
  }
}

export type Users = ReturnType<typeof createUsers>
