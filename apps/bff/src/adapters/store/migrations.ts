import { type Kysely, sql } from 'kysely'
import type { Migration } from './migration.ts'
import { base } from './migrations/001-base.ts'
import { usage } from './migrations/002-usage.ts'
import { history } from './migrations/003-history.ts'
import { narrowSums } from './migrations/004-narrow-sums.ts'
import { auditChain } from './migrations/005-audit-chain.ts'
import { scheduled } from './migrations/006-scheduled.ts'
import { bulk } from './migrations/007-bulk.ts'
import { auditOrigins } from './migrations/008-audit.ts'
import { access } from './migrations/009-access.ts'
import { secondFactor } from './migrations/010-second-factor.ts'
import { singleSignOn } from './migrations/011-single-sign-on.ts'
import { apiTokens } from './migrations/012-api-tokens.ts'
import { passkeys } from './migrations/013-passkeys.ts'
import { groups } from './migrations/014-groups.ts'
import { whmcs } from './migrations/015-whmcs.ts'
import { billing } from './migrations/016-billing.ts'
import { clientStandings } from './migrations/017-client-standings.ts'
import { billedOwners } from './migrations/018-billed-owners.ts'
import { keptLists } from './migrations/019-kept-lists.ts'
import { userQuotas } from './migrations/020-user-quotas.ts'
import { untoldSizes } from './migrations/021-untold-sizes.ts'
import type { Schema } from './schema.ts'

export const MIGRATIONS: Migration[] = [
  base,
  usage,
  history,
  narrowSums,
  auditChain,
  scheduled,
  bulk,
  auditOrigins,
  access,
  secondFactor,
  singleSignOn,
  apiTokens,
  passkeys,
  groups,
  whmcs,
  billing,
  clientStandings,
  billedOwners,
  keptLists,
  userQuotas,
  untoldSizes,
]

// Any number will do, as long as every console uses the same.
const ADVISORY_LOCK = 4_718_203

type Target = { db: Kysely<Schema>; engine: 'duckdb' | 'postgresql' }

/** Not serializable: the snapshot has to be taken after the lock was granted. */
const inTurn = <T>({ db, engine }: Target, work: (tx: Kysely<Schema>) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      if (engine === 'postgresql') await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx)
      return work(tx)
    })

const appliedIn = async (tx: Kysely<Schema>): Promise<string[]> => {
  await sql`create table if not exists migrations (
    name text collate "C" primary key,
    applied_at timestamptz not null
  )`.execute(tx)
  const rows = await tx.selectFrom('migrations').select('name').orderBy('name').execute()
  return rows.map(({ name }) => name)
}

/** Applies what is missing, each step in a transaction of its own: an ended process leaves whole steps only. */
export const migrate = async (target: Target, migrations: Migration[] = MIGRATIONS): Promise<void> => {
  const found = await inTurn(target, appliedIn)
  refuseNewer(found, migrations)
  if (migrations.every(({ name }) => found.includes(name))) return
  for (const { name, statements, onPostgresql = [] } of migrations) {
    const all = target.engine === 'postgresql' ? [...statements, ...onPostgresql] : statements
    await inTurn(target, async (tx) => {
      // Another console may have come first.
      if ((await appliedIn(tx)).includes(name)) return
      for (const statement of all) await sql.raw(statement).execute(tx)
      await tx.insertInto('migrations').values({ name, applied_at: new Date() }).execute()
    })
  }
}

const refuseNewer = (applied: string[], migrations: Migration[]) => {
  const unknown = applied.find((name) => !migrations.some((migration) => migration.name === name))
  if (unknown) throw new Error(`The store was written by a newer console (it has "${unknown}"). Start that version.`)
}
