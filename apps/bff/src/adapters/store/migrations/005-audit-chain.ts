import type { Migration } from '../migration.ts'

// A table of its own: a column cannot be added to the audit, whose key comes from a sequence (see 003).
export const auditChain: Migration = {
  name: '005-audit-chain',
  statements: [
    `create table audit_chain (
      seq bigint not null,
      hash text collate "C" not null
    )`,
  ],
  onPostgresql: [`create index audit_chain_by_seq on audit_chain (seq)`],
}
