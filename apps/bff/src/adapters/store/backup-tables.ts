import type { Schema } from './schema.ts'

/**
 * Sessions, sign-ins and enrolments under way and links to choose a password end with the store. The migrations stand in
 * the manifest. What was backed up, and which process does what,
 * is true of one store only: a restored one starts without, and so deletes nothing before its own first backup. How users
 * were seen last would make what the console itself did after the backup look like changes from outside. The lists as
 * the gateway last gave them would be older than they say, and quotas are read anew.
 */
type LeftOut =
  | 'sessions'
  | 'admin_links'
  | 'second_factor_enrolments'
  | 'migrations'
  | 'backups'
  | 'statistics_backups'
  | 'leases'
  | 'user_sightings'
  | 'comparisons'
  | 'used_sign_ins'
  | 'passkey_challenges'
  | 'kept_lists'
  | 'user_quotas'

export type BackupTable = Exclude<keyof Schema, LeftOut>

type Rule = {
  /** Rows that are in memory at once; few where one may hold a whole object. */
  atOnce: number
  /** The number that goes on after the highest one. */
  numbered?: { column: string; sequence: string }
}

const MANY = 4096

/** A table that is not named here does not compile, so that none is forgotten. */
export const BACKUP_TABLES: Record<BackupTable, Rule> = {
  admins: { atOnce: MANY },
  admin_roles: { atOnce: MANY },
  audit: { atOnce: MANY, numbered: { column: 'seq', sequence: 'audit_seq' } },
  audit_chain: { atOnce: MANY },
  scheduled_changes: { atOnce: MANY },
  audit_origins: { atOnce: MANY },
  bulk_runs: { atOnce: MANY },
  bulk_items: { atOnce: MANY },
  second_factors: { atOnce: MANY },
  recovery_codes: { atOnce: MANY },
  single_sign_ons: { atOnce: MANY },
  passkeys: { atOnce: MANY },
  api_tokens: { atOnce: MANY },
  user_groups: { atOnce: MANY },
  user_group_members: { atOnce: MANY },
  admin_limits: { atOnce: MANY },
  client_links: { atOnce: MANY },
  client_link_spans: { atOnce: MANY },
  whmcs_clients: { atOnce: MANY },
  client_standings: { atOnce: MANY },
  whmcs_messages: { atOnce: MANY, numbered: { column: 'message_no', sequence: 'whmcs_message_no' } },
  billing_plans: { atOnce: MANY },
  billing_plans_given: { atOnce: MANY },
  billing_services: { atOnce: MANY },
  billing_months: { atOnce: MANY },
  billing_count_plans: { atOnce: MANY },
  billing_users: { atOnce: MANY },
  billing_lines: { atOnce: MANY },
  billing_files: { atOnce: 4 },
  billing_manifests: { atOnce: MANY },
  billing_pushes: { atOnce: MANY },
  settings: { atOnce: MANY },
  statistics_objects: { atOnce: 256, numbered: { column: 'object_no', sequence: 'statistics_object_no' } },
  usage_rows: { atOnce: MANY },
  collector_state: { atOnce: MANY },
  statistics_decisions: { atOnce: MANY },
  gateway_deletions: { atOnce: MANY },
  usage_changes: { atOnce: MANY, numbered: { column: 'change_no', sequence: 'usage_change_no' } },
  usage_unsummed: { atOnce: MANY },
  object_hours: { atOnce: MANY },
  usage_hours: { atOnce: MANY },
  usage_user_days: { atOnce: MANY },
  usage_user_months: { atOnce: MANY },
  usage_bucket_days: { atOnce: MANY },
  usage_bucket_months: { atOnce: MANY },
  service_gaps: { atOnce: MANY },
  gap_decisions: { atOnce: MANY, numbered: { column: 'decision_no', sequence: 'gap_decision_no' } },
  storage_samples: { atOnce: MANY },
  storage_current: { atOnce: MANY },
  storage_runs: { atOnce: MANY },
  untold_sizes: { atOnce: MANY },
  recounts: { atOnce: MANY },
}

const isBackupTable = (name: string): name is BackupTable => Object.hasOwn(BACKUP_TABLES, name)

export const backupTables = (): BackupTable[] => Object.keys(BACKUP_TABLES).filter(isBackupTable)
