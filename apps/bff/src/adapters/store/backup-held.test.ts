import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { restoreBackup } from './backup-restore.ts'
import { backupsOf } from './backups.ts'
import { addMessages } from './message-writing.ts'
import { scheduledOf } from './scheduled.ts'

const ACROSS = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const))
const now = () => new Date('2026-05-01T00:00:00Z')

test.each(ACROSS)(
  'what was to change the gateway, or to be told to WHMCS, is held when it comes from %s to %s',
  async (from, to) => {
    const store = await emptyStore(from)
    const dueAt = new Date('2026-05-02T00:00:00Z')
    const { id } = await scheduledOf(store, { now }).add({
      cluster: 'demo',
      action: 'user.delete',
      userId: 'a1',
      email: 'ana@example.com',
      keyId: null,
      acceptLastKey: false,
      askedBy: 'ada',
      dueAt,
    })
    const run = { change: '{}', source: 'all', rerun_of: null, stored_bytes: null, held_by: null, rests_because: null }
    const dates = { listed_at: now(), created_at: now(), expires_at: dueAt, started_at: now(), ended_at: null }
    await store.db
      .insertInto('bulk_runs')
      .values({
        ...run,
        ...dates,
        id: 'run',
        cluster_id: 'demo',
        actor: 'ada',
        state: 'running',
        per_second: 5,
        operation_id: null,
        session_hash: null,
        keys_taken: 0,
      })
      .execute()
    const note = { kind: 'note.add', mark: 'k', clientId: 1, text: 'x' } as const
    await store.transaction((tx) => addMessages(tx, [note], now()))
    const folder = await mkdtemp(join(tmpdir(), 'ostor-console-held-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const target = join(folder, 'one')
    await backupsOf(store).take(target)
    const other = await emptyStore(to)
    await restoreBackup(other, target)
    expect(await scheduledOf(other, { now }).find('demo', id)).toMatchObject({ state: 'stopped', endedBy: 'console' })
    const runs = await other.db.selectFrom('bulk_runs').selectAll().execute()
    expect(runs).toMatchObject([{ id: 'run', state: 'paused', held_by: 'the restore of a backup' }])
    const messages = await other.db.selectFrom('whmcs_messages').selectAll().execute()
    expect(messages).toMatchObject([{ state: 'blocked', may_have_arrived: true, ended_at: null }])
  },
)
