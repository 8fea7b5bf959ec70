import { restoreBackup } from '../../apps/bff/src/adapters/store/backup-restore.ts'
import { backupsOf } from '../../apps/bff/src/adapters/store/backups.ts'
import { openStore, type StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'

// A process to be killed: it backs up or restores, says each step, and waits for a moment in which it can be killed there.

export type Moving = { place: StoreConfig; folder: string; work: 'backup' | 'restore'; stopAt: string }

const { place, folder, work, stopAt }: Moving = JSON.parse(process.argv[2] ?? '')
const onStep = (step: string) => {
  if (step !== stopAt) return
  process.stdout.write(`${step}\n`)
  // Nothing goes on in this process until it is killed.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
}
const store = await openStore(place)
await (work === 'backup' ? backupsOf(store).take(folder, { onStep }) : restoreBackup(store, folder, { onStep }))
await store.close()
