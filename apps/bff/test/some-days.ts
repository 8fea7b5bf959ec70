import { statisticsOf } from '../src/adapters/store/statistics.ts'
import type { Store } from '../src/adapters/store/store.ts'

/** Everything before it is listed. */
export const UNTIL = new Date('2026-11-05T00:00:00Z')
/** When something is read again. */
export const LATER = new Date('2026-11-05T00:01:00Z')
export const DAYS = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-03']

const COUNTS = { putOps: 1n, getOps: 0n, listOps: 0n, otherOps: 0n, downloadedBytes: 0n }
const startOf = (day: string): Date => new Date(`${day}T10:00:00Z`)
const nameOf = (day: string): string => `s3-usage-8000000000000065-${startOf(day).toISOString()}-1800`

type Read = { bytes: bigint; bucket?: string; at?: Date }

/** The object of one day as it is read: so many bytes into a bucket of the user `u`. */
export const readDay = async (store: Store, day: string, { bytes, bucket = 'a', at = UNTIL }: Read): Promise<void> => {
  const statistics = statisticsOf(store)
  const object = await statistics.find('demo', nameOf(day))
  if (!object) throw new Error(`the object of ${day} is not listed`)
  const { name, objectNo, startedAt } = object
  const rows = [{ bucket, userId: 'u', epoch: 1n, tag: '', ...COUNTS, uploadedBytes: bytes }]
  const read = { name, objectNo, startedAt, at, unchangedSince: at, dueAt: null }
  const said = { periodSeconds: 1800, formatVersion: 1, sha256: `${bucket} ${bytes}`, isClosed: true }
  await statistics.save('demo', [{ kind: 'stored', ...read, ...said, content: { body: new Uint8Array([1]), rows } }])
}

/** One object of ten bytes on each day. */
export const someDays = async (store: Store): Promise<void> => {
  const objects = DAYS.map((day) => ({
    name: nameOf(day),
    startedAt: startOf(day),
    serviceId: '8000000000000065',
    nominalSeconds: 1800,
    fault: null,
  }))
  await statisticsOf(store).recordListing('demo', { objects, at: UNTIL, coversUntil: UNTIL, isWhole: true })
  for (const day of DAYS) await readDay(store, day, { bytes: 10n })
}
