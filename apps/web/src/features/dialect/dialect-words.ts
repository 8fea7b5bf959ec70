import type { Dialect, Topic, Way } from '@ostor-console/shared/dialect'

type Words<T extends Topic> = { name: string; ways: Record<Way<T>, string> }

const COUNTS = { 'per-minute': 'by the minute', 'per-second': 'by the second' }

/** What a person calls each topic and its ways. */
const WORDS: { [T in Topic]: Words<T> } = {
  userList: { name: 'List of users', ways: { bare: 'a bare list', wrapped: 'a list in an object' } },
  accounts: { name: 'Accounts of users', ways: { yes: 'there', no: 'not there' } },
  userSizes: { name: 'Sizes in the list of users', ways: { yes: 'told', no: 'not told' } },
  oneBucket: { name: 'One bucket by its name', ways: { yes: 'can be asked for', no: 'only the list of all' } },
  quotas: { name: 'Quotas', ways: { yes: 'there', no: 'not there' } },
  replication: { name: 'Replication of buckets', ways: { yes: 'there', no: 'not there' } },
  newKey: {
    name: 'Answer to a new key',
    ways: { 'all-pairs': 'all keys of the user', 'new-pair': 'the new key alone' },
  },
  limitsForm: { name: 'Form of limits', ways: { A: 'A, a group at once', B: 'B, one at a time' } },
  formACounts: { name: 'Form A counts operations', ways: COUNTS },
  formBCounts: { name: 'Form B counts operations', ways: COUNTS },
  quotaUnit: {
    name: 'Size of a quota, as read',
    ways: { gb: 'in GB', bytes: 'in bytes, 10⁹ to the GB', 'binary-bytes': 'in bytes, 2³⁰ to the GB' },
  },
}

export const nameOf = (topic: Topic): string => WORDS[topic].name

/** A way that this page has no word for is shown as it is called. */
export const wordOf = (topic: Topic, way: string): string => new Map(Object.entries(WORDS[topic].ways)).get(way) ?? way

/** The version in a few words; `null` when nothing tells. */
export const versionWords = ({ set, atLeast, before }: Dialect['version']): string | null => {
  if (set !== null) return set
  if (atLeast !== null && before !== null) return `${atLeast} or later, before ${before}`
  if (atLeast !== null) return `${atLeast} or later`
  return before === null ? null : `before ${before}`
}
