import type { BulkAction, BulkChange } from '@ostor-console/shared/bulk'
import { NewUserEmail } from '@ostor-console/shared/email'
import { said } from '@ostor-console/shared/said'
import type { PlannedItem } from '../../adapters/store/bulk-runs.ts'

/** A user as the lists show them. */
export type ListedUser = {
  id: string
  email: string
  state: 'enabled' | 'disabled' | 'unknown'
  isProtected: boolean
  /** Other users have this e-mail too, or there is none: then the gateway cannot change the state. */
  isAlone: boolean
  /** `null` when the bucket list could not be read. */
  bucketCount: number | null
  storedBytes: bigint | null
}

/** One that was chosen, and whom that means. */
export type Chosen = { line: number | null; id: string | null; email: string; users: ListedUser[] }

type Plan = Pick<PlannedItem, 'planned' | 'detail'>

/** What is to become of each; the same user or e-mail comes once. */
export const planOf = (change: BulkChange, chosen: Chosen[]): PlannedItem[] => {
  const seen = new Map<string, Chosen>()
  return chosen.map((each) => {
    const [user] = each.users
    const key = change.action === 'create' || !user ? each.email.toLowerCase() || each.id || '' : user.id
    const before = seen.get(key)
    if (!before) seen.set(key, each)
    const plan = before ? refused(chosenBefore(before)) : null
    return {
      line: each.line,
      userId: user && each.users.length === 1 ? user.id : each.id,
      email: user && each.users.length === 1 && change.action !== 'create' ? user.email : each.email,
      ...(plan ?? (change.action === 'create' ? creation(each) : changed(change, each))),
    }
  })
}

const chosenBefore = ({ line }: Chosen): string =>
  line === null ? said`Chosen before` : said`Chosen before, on line ${line}`

const refused = (detail: string): Plan => ({ planned: 'refused', detail })
const already = (detail: string): Plan => ({ planned: 'already', detail })
const will = (detail: string): Plan => ({ planned: 'change', detail })

const creation = ({ email, users: [user] }: Chosen): Plan => {
  const issue = NewUserEmail.safeParse(email).error?.issues[0]
  if (issue) return refused(`${said`This is no e-mail that a user can have`}: ${issue.message}`)
  if (user?.email === email) return refused(said`The user ${user.id} has this e-mail already`)
  if (user) return refused(said`The user ${user.id} has it in other letter case, as ${user.email}`)
  return will(said`A user with a first key`)
}

const changed = (change: Exclude<BulkChange, { action: 'create' }>, { id, users }: Chosen): Plan => {
  const [user, ...others] = users
  if (!user) return refused(id === null ? said`No user has this e-mail` : said`There is no such user any more`)
  if (others.length > 0)
    return refused(said`Several users have this e-mail: ${users.map((each) => each.id).join(', ')}`)
  if (user.isProtected && !UNPROTECTED.includes(change.action))
    return refused(said`A system user, or the user of the console itself`)
  switch (change.action) {
    case 'enable':
      return state(user, 'enabled')
    case 'disable':
      return state(user, 'disabled')
    case 'delete':
      return deletion(user)
    default:
      return will(said`What it is now is read when its turn comes`)
  }
}

const UNPROTECTED: BulkAction[] = ['set-limits', 'set-quota']

const IS_ALREADY = { enabled: said`Is enabled already`, disabled: said`Is disabled already` }
const CHANGE = { enabled: said`disabled → enabled`, disabled: said`enabled → disabled` }

const state = (user: ListedUser, wanted: 'enabled' | 'disabled'): Plan => {
  if (user.state === wanted) return already(IS_ALREADY[wanted])
  if (!user.isAlone) return refused(said`The gateway goes by the e-mail here, and this user has none of their own`)
  return will(CHANGE[wanted])
}

const deletion = ({ bucketCount }: ListedUser): Plan => {
  if (bucketCount !== null && bucketCount > 0)
    return refused(bucketCount === 1 ? said`Owns 1 bucket` : said`Owns ${bucketCount} buckets`)
  return will(bucketCount === null ? said`Deleted, if the gateway shows no buckets then` : said`Deleted, with all keys`)
}
