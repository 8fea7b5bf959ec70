import { type RawBuilder, sql } from 'kysely'
import { listed } from './listed.ts'

/** What somebody who is limited may see of what the store keeps. */
export type Within = {
  userIds: ReadonlySet<string>
  /** Names of the buckets of these users. */
  buckets: ReadonlySet<string>
  /** For what has no user yet: what their e-mail ends with, with the `@`. */
  endings: readonly string[]
}

type Columns = Record<'userId' | 'bucket' | 'email', RawBuilder<unknown>>

/** Rows of these users, else of their buckets, else of an e-mail that would be theirs. */
export const isWithin = ({ userIds, buckets, endings }: Within, { userId, bucket, email }: Columns) =>
  sql<boolean>`case when ${userId} is not null then ${userId} in ${listed(userIds)}
    when ${bucket} is not null then ${bucket} in ${listed(buckets)}
    else ${sql.join([sql`false`, ...endings.map((ending) => endsWith(email, ending))], sql` or `)} end`

// A domain has no character that `like` would read as another.
const endsWith = (email: RawBuilder<unknown>, ending: string) => sql`lower(${email}) like ${`%${ending}`}`
