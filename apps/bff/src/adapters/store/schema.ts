import type { Generated } from 'kysely'
import type { BulkTables } from './bulk-tables.ts'
import type { UsageTables } from './usage-tables.ts'

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

type SettingsTable = { name: string; value: string }
type MigrationsTable = { name: string; applied_at: Date }

export type Schema = UsageTables &
  BulkTables & {
    admins: AdminsTable
    sessions: SessionsTable
    audit: AuditTable
    audit_chain: AuditChainTable
    settings: SettingsTable
    migrations: MigrationsTable
  }
