import { sql } from 'kysely'
import type { Store } from './store.ts'

/** That a user came to a client, or left it. */
export type Handover = { cluster: string; userId: string; clientId: number; at: Date; kind: 'linked' | 'unlinked' }
export type Handovers = ReturnType<typeof handoversOf>
type Month = { from: Date; to: Date /** When it was closed; of one that is not, now. */; asOf: Date }

const MOST = 100

/**
 * Who changed hands in a month, or was first linked after it and is billed by that; the first hundred, and how many users.
 * Not those who were made for a client.
 */
export const handoversOf =
  ({ db }: Pick<Store, 'db'>) =>
  async ({ from, to, asOf }: Month): Promise<{ items: Handover[]; users: number }> => {
    const { rows } = await sql<Handover & { users: bigint }>`
      with spans as (
        select s.*, lag(client_id) over (partition by cluster_id, lower(user_id) order by since) as former
        from client_link_spans as s where since <= ${asOf} and until is distinct from since
      ), made as (
        select cluster_id, user_id from audit where "at" >= ${from} and action = 'user.create' and outcome = 'done'
      ), handovers as (
        select cluster_id, user_id, client_id, since as "at", 'linked' as kind from spans where since >= ${from}
          and (since < ${to} or former is null and (until is null or until > ${asOf}))
          and (former is not null or not exists (
            select 1 from made where made.cluster_id = spans.cluster_id and made.user_id = spans.user_id))
        union all
        select cluster_id, user_id, client_id, until, 'unlinked' from spans where until >= ${from} and until < ${to}
      )
      select cluster_id as cluster, user_id as "userId", client_id as "clientId", "at", kind,
        (select count(*) from (select distinct cluster_id, user_id from handovers) as users) as users
      from handovers order by cluster_id, user_id, "at", kind desc limit ${sql.lit(MOST)}`.execute(db)
    const items = rows.map(({ cluster, userId, clientId, at, kind }) => ({ cluster, userId, clientId, at, kind }))
    return { items, users: Number(rows[0]?.users ?? 0n) }
  }
