import { type Kysely, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf } from './audit.ts'
import { beginChain, type Fault, verifyChain } from './audit-chain.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

// Of six kinds on two engines: a thousand in all.
const ROUNDS = 85
const TEXTS = ['operation_id', 'kind', 'actor', 'action', 'user_id', 'bucket', 'target', 'after', 'outcome', 'detail']

const below = (most: number) => Math.floor(Math.random() * most)
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T

const fill = async (store: Store, operations: number): Promise<bigint[]> => {
  const audit = auditOf(store)
  for (let n = 0; n < operations; n += 1) {
    const id = await audit.begin({
      actor: 'ana@example.com',
      action: 'user.disable',
      cluster: 'main',
      target: `user-${n}`,
      userId: n % 3 === 0 ? null : `u${n}`,
      before: { state: 'enabled "ä"' },
      ...(n % 2 === 0 && { address: '192.0.2.7' }),
    })
    await audit.end(id, { outcome: 'done', after: { state: 'disabled' }, requestIds: n % 2 === 0 ? ['a', 'b'] : [] })
  }
  const rows = await store.db.selectFrom('audit').select('seq').orderBy('seq').execute()
  return rows.map(({ seq }) => seq)
}

type Tampering = (db: Kysely<Schema>, seqs: bigint[]) => Promise<Fault>

const edit: Tampering = async (db, seqs) => {
  const seq = oneOf(seqs)
  const column = oneOf(TEXTS)
  const [row] = (
    await sql<{ value: string | null }>`
    select ${sql.ref(column)} as value from audit where seq = ${seq}`.execute(db)
  ).rows
  const was = row?.value ?? null
  const value =
    was === null ? '' : oneOf([`${was} `, was.slice(1), was.toUpperCase() === was ? `${was}x` : was.toUpperCase()])
  await sql`update audit set ${sql.ref(column)} = ${value} where seq = ${seq}`.execute(db)
  return { seq, is: 'changed' }
}

const remove: Tampering = async (db, seqs) => {
  const at = below(seqs.length - 1)
  const [seq = 0n, after = 0n] = seqs.slice(at)
  await sql`delete from audit where seq = ${seq}`.execute(db)
  if (below(2) === 0) return { seq, is: 'missing' }
  // With its link too; then it is the next one that does not fit.
  await sql`delete from audit_chain where seq = ${seq}`.execute(db)
  return { seq: after, is: 'changed' }
}

const swap: Tampering = async (db, seqs) => {
  const [one, other] = [oneOf(seqs.slice(0, 10)), oneOf(seqs.slice(10))]
  const withLinks = below(2) === 0
  for (const table of withLinks ? ['audit', 'audit_chain'] : ['audit']) {
    const column = table === 'audit' ? sql`target` : sql`hash`
    const { rows } = await sql<{ value: string }>`
      select ${column} as value from ${sql.table(table)} where seq in (${one}, ${other}) order by seq`.execute(db)
    for (const [index, seq] of [one, other].entries())
      await sql`update ${sql.table(table)} set ${column} = ${rows[1 - index]?.value} where seq = ${seq}`.execute(db)
  }
  return { seq: one, is: 'changed' }
}

const cut: Tampering = async (db, seqs) => {
  const last = oneOf(seqs.slice(0, -1))
  await sql`delete from audit where seq > ${last}`.execute(db)
  await sql`delete from audit_chain where seq > ${last}`.execute(db)
  return { seq: last, is: 'the last one, though there were more' }
}

const slipIn: Tampering = async (db, seqs) => {
  const seq = (seqs.at(-1) ?? 0n) + 7n
  await sql`insert into audit select ${seq}, "at", operation_id, kind, actor, action, cluster_id, user_id, bucket, target,
    "before", "after", outcome, detail from audit where seq = ${oneOf(seqs)}`.execute(db)
  return { seq, is: 'not in the chain' }
}

const ORIGIN_TAMPERINGS = [
  'update audit_origins set address = null where address is not null',
  "update audit_origins set address = '192.0.2.8' where address is not null",
  'update audit_origins set request_ids = address, address = request_ids where address is not null',
  'delete from audit_origins',
  "insert into audit_origins select min(seq) + 2, '192.0.2.9', null from audit_origins",
]

const origin: Tampering = async (db, seqs) => {
  const [first = 0n] = seqs
  const statement = oneOf(ORIGIN_TAMPERINGS)
  await sql.raw(statement).execute(db)
  return { seq: statement.startsWith('insert') ? first + 2n : first, is: 'changed' }
}

class Undone extends Error {}

describe.each(ENGINES)('the chain of the audit on %s', (engine) => {
  test('holds for all that was written, by many at once too', async () => {
    const store = await emptyStore(engine)
    await Promise.all([fill(store, 10), fill(store, 10), fill(store, 10)])
    expect(await verifyChain(store)).toMatchObject({
      entries: 60,
      fault: null,
      last: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
  })

  test('begins with what an older console left', async () => {
    const store = await emptyStore(engine)
    await fill(store, 3)
    await sql`delete from audit_chain`.execute(store.db)
    await sql`delete from audit_origins`.execute(store.db)
    await sql`delete from settings`.execute(store.db)
    expect((await verifyChain(store)).fault).toMatchObject({ is: 'not in the chain' })
    await beginChain(store)
    await beginChain(store)
    await fill(store, 1)
    expect(await verifyChain(store)).toMatchObject({ entries: 8, fault: null })
  })

  test.each(Object.entries({ edit, remove, swap, cut, 'slip in': slipIn, 'change an origin': origin }))(
    'says what was done first: %s',
    { timeout: 300_000 },
    async (_, tamper) => {
      const store = await emptyStore(engine)
      const seqs = await fill(store, 12)
      for (let round = 0; round < ROUNDS; round += 1) {
        const tampered = store.db.transaction().execute(async (tx) => {
          const expected = await tamper(tx, seqs)
          const { fault } = await verifyChain({ db: tx, engine, snapshot: (work) => work(tx) })
          expect(fault).toEqual(expected)
          throw new Undone()
        })
        await expect(tampered).rejects.toBeInstanceOf(Undone)
      }
      expect((await verifyChain(store)).fault).toBeNull()
    },
  )

  test('holds while entries are being written', async () => {
    const store = await emptyStore(engine)
    await fill(store, 3)
    const writing = fill(store, 20)
    for (let round = 0; round < 20; round += 1) expect((await verifyChain(store)).fault).toBeNull()
    await writing
    expect(await verifyChain(store)).toMatchObject({ entries: 46, fault: null })
  })

  test('of an empty audit is empty', async () => {
    const store = await emptyStore(engine)
    expect(await verifyChain(store)).toEqual({ entries: 0, last: { seq: 0n, hash: '' }, fault: null })
  })

  test('a text cannot move from one field to the next', async () => {
    const store = await emptyStore(engine)
    await auditOf(store).record({ actor: 'ana', action: 'gap.decide', target: 'ab', bucket: 'c', outcome: 'done' })
    await sql`update audit set bucket = 'ca', target = 'b'`.execute(store.db)
    expect((await verifyChain(store)).fault).toMatchObject({ is: 'changed' })
  })
})
