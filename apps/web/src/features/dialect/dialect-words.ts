import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { Dialect, Topic, Way } from '@ostor-console/shared/dialect'

type Words<T extends Topic> = { name: MessageDescriptor; ways: Record<Way<T>, MessageDescriptor> }

const COUNTS = { 'per-minute': msg`by the minute`, 'per-second': msg`by the second` }

const PRESENCE = {
  yes: msg({ message: 'there', context: 'the gateway has it' }),
  no: msg({ message: 'not there', context: 'the gateway does not have it' }),
}

/** What a person calls each topic and its ways. */
const WORDS: { [T in Topic]: Words<T> } = {
  userList: { name: msg`List of users`, ways: { bare: msg`a bare list`, wrapped: msg`a list in an object` } },
  accounts: { name: msg`Accounts of users`, ways: PRESENCE },
  userSizes: { name: msg`Sizes in the list of users`, ways: { yes: msg`told`, no: msg`not told` } },
  oneBucket: { name: msg`One bucket by its name`, ways: { yes: msg`can be asked for`, no: msg`only the list of all` } },
  quotas: { name: msg`Quotas`, ways: PRESENCE },
  replication: { name: msg`Replication of buckets`, ways: PRESENCE },
  newKey: {
    name: msg`Answer to a new key`,
    ways: { 'all-pairs': msg`all keys of the user`, 'new-pair': msg`the new key alone` },
  },
  limitsForm: { name: msg`Form of limits`, ways: { A: msg`A, a group at once`, B: msg`B, one at a time` } },
  formACounts: { name: msg`Form A counts operations`, ways: COUNTS },
  formBCounts: { name: msg`Form B counts operations`, ways: COUNTS },
  quotaUnit: {
    name: msg`Size of a quota, as read`,
    ways: { gb: msg`in GB`, bytes: msg`in bytes, 10⁹ to the GB`, 'binary-bytes': msg`in bytes, 2³⁰ to the GB` },
  },
}

export const nameOf = (topic: Topic): string => t(WORDS[topic].name)

/** A way that this page has no word for is shown as it is called. */
export const wordOf = (topic: Topic, way: string): string => {
  const word = new Map(Object.entries(WORDS[topic].ways)).get(way)
  return word ? t(word) : way
}

/** The version in a few words; `null` when nothing tells. */
export const versionWords = ({ set, atLeast, before }: Dialect['version']): string | null => {
  if (set !== null) return set
  if (atLeast !== null && before !== null) return t`${atLeast} or later, before ${before}`
  if (atLeast !== null) return t`${atLeast} or later`
  return before === null ? null : t`before ${before}`
}
