import type { Generated } from 'kysely'
import type { BillingTables } from './billing-tables.ts'
import type { BulkTables } from './bulk-tables.ts'
import type { KeptListsTable } from './kept-lists-table.ts'
import type { UsageTables } from './usage-tables.ts'
import type { UserQuotasTable } from './user-quotas-table.ts'
import type { WhmcsTables } from './whmcs-tables.ts'

type AdminsTable = {
  id: string
  email: string
  email_lower: string
  password_hash: string
  created_at: Date
  disabled_at: Date | null
  /** Raised to end every session of this admin at once. */
  generation: bigint
}

type SessionsTable = {
  id_hash: string
  admin_id: string | null
  /** What @fastify/session keeps, as JSON. */
  data: string
  created_at: Date
  last_seen_at: Date
  /** The absolute end; the idle end follows from `last_seen_at`. */
  expires_at: Date
  ended_at: Date | null
}

/** Append-only: one `begin` for each operation, and one `end` for each thing that was learned about it. */
type AuditTable = {
  /** The order in which things became known; the cursor of the list. */
  seq: Generated<bigint>
  at: Date
  operation_id: string
  kind: 'begin' | 'end'
  actor: string
  action: string
  cluster_id: string | null
  user_id: string | null
  bucket: string | null
  target: string
  before: string | null
  after: string | null
  outcome: string
  detail: string | null
}

/** A link for each row of the audit: SHA-256 over the link before it and what the row says. */
type AuditChainTable = { seq: bigint; hash: string }

/** What cannot be undone and waits for a date. */
type ScheduledChangesTable = {
  id: string
  cluster_id: string
  action: string
  user_id: string
  email: string
  key_id: string | null
  new_key_id: string | null
  is_rotation: boolean
  accept_last_key: boolean
  asked_by: string
  asked_at: Date
  due_at: Date
  state: string
  operation_id: string | null
  ended_at: Date | null
  ended_by: string | null
  detail: string | null
}

/** What a row of the audit says besides; its link covers it. */
type AuditOriginsTable = {
  seq: bigint
  address: string | null
  /** Under which the gateway answered, separated by spaces. */
  request_ids: string | null
}

/** A user as a comparison found them, whenever that was something new; the first one is the first that is known. */
type UserSightingsTable = {
  cluster_id: string
  user_id: string
  seen_at: Date
  /** When the comparison before looked at this user; `null` at the first one. */
  was_so_at: Date | null
  is_there: boolean
  email: string
  state: string
  /** Separated by commas; `null` when the list does not tell. */
  key_ids: string | null
  /** What stands later in the audit is not in here. */
  audit_seq: bigint
}

type ComparisonsTable = {
  cluster_id: string
  compared_at: Date
  audit_seq: bigint
  /** Of the last comparison that could look at every user, this one or one before. */
  settled_seq: bigint
  settled_at: Date
  users: bigint
  changes: bigint
}

type AdminRolesTable = { admin_id: string; role: string }

/** With which an admin chooses a password, once. */
type AdminLinksTable = { admin_id: string; code_hash: string; made_by: string; expires_at: Date }
type SecondFactorsTable = {
  admin_id: string
  /** Sealed. */
  seed: string
  enrolled_at: Date
  /** The time step of the last code that was taken; none up to it is taken again. */
  last_step: bigint
}

/** A seed that was shown and not yet confirmed with a code. */
type SecondFactorEnrolmentsTable = {
  admin_id: string
  /** Sealed. */
  seed: string
  begun_at: Date
}

type RecoveryCodesTable = { code_hash: string; admin_id: string; used_at: Date | null }

/** Who somebody at a provider of single sign-on is here. */
type SingleSignOnsTable = { issuer: string; subject: string; admin_id: string; created_at: Date }

/** Sign-ins by single sign-on that are used up; none is taken any more after `until`. */
type UsedSignInsTable = { id_hash: string; until: Date }

type PasskeysTable = {
  /** SHA-256 of the credential id. */
  id: string
  /** In base64url, as the public key, which is in COSE form. */
  credential_id: string
  admin_id: string
  name: string
  public_key: string
  /** How often the passkey says that it was used; 0 where it does not count. */
  counter: bigint
  /** Separated by spaces. */
  transports: string
  is_synced: boolean
  added_at: Date
  last_used_at: Date | null
}

/** What a browser was asked to have signed, until it comes back or `until`. */
type PasskeyChallengesTable = {
  challenge_hash: string
  browser_hash: string
  purpose: string
  /** Whose passkey it has to be; `null` for whoever it shows. */
  admin_id: string | null
  until: Date
}

/** What a script signs in with; the token itself is nowhere. */
type ApiTokensTable = {
  id_hash: string
  admin_id: string
  name: string
  /** How it begins. */
  hint: string
  /** Both separated by spaces. */
  verbs: string
  addresses: string
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
  last_used_from: string | null
  revoked_at: Date | null
}

type UserGroupsTable = {
  id: string
  cluster_id: string
  name: string
  /** Separated by commas. */
  domains: string
  created_at: Date
}
type UserGroupMembersTable = { group_id: string; user_id: string }

/** Whoever has a row here is limited, also when the group is gone. */
type AdminLimitsTable = { admin_id: string; group_id: string }

type SettingsTable = { name: string; value: string }
type MigrationsTable = { name: string; applied_at: Date }

export type Schema = UsageTables &
  BillingTables &
  BulkTables &
  WhmcsTables & {
    admins: AdminsTable
    sessions: SessionsTable
    admin_roles: AdminRolesTable
    admin_links: AdminLinksTable
    audit: AuditTable
    audit_chain: AuditChainTable
    scheduled_changes: ScheduledChangesTable
    audit_origins: AuditOriginsTable
    user_sightings: UserSightingsTable
    comparisons: ComparisonsTable
    second_factors: SecondFactorsTable
    second_factor_enrolments: SecondFactorEnrolmentsTable
    recovery_codes: RecoveryCodesTable
    single_sign_ons: SingleSignOnsTable
    user_groups: UserGroupsTable
    user_group_members: UserGroupMembersTable
    admin_limits: AdminLimitsTable
    used_sign_ins: UsedSignInsTable
    passkeys: PasskeysTable
    passkey_challenges: PasskeyChallengesTable
    api_tokens: ApiTokensTable
    kept_lists: KeptListsTable
    user_quotas: UserQuotasTable
    settings: SettingsTable
    migrations: MigrationsTable
  }
