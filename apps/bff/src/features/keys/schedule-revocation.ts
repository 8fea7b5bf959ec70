import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import type { Scheduled } from '../../adapters/store/scheduled.ts'
import type { ClusterParts } from '../../clusters.ts'
import type { Writer } from '../../writing/writer.ts'
import { revocable } from './revoke-key.ts'

type Wanted = { userId: string; keyId: string; acceptLastKey: boolean; dueAt: Date; askedBy: string }

/** Puts a revocation off to a date. What would refuse it now refuses it at once. */
export const scheduleRevocation = async (
  parts: ClusterParts,
  { dueAt, askedBy, ...wanted }: Wanted,
  writer: Writer,
  scheduled: Scheduled,
): Promise<ScheduledChange> => {
  const cluster = parts.cluster.id
  const { id: userId, email } = await revocable(parts, wanted)
  const after = { what: 'key.revoke', dueAt: dueAt.toISOString() }
  const entry = { cluster, action: 'scheduled.add', target: wanted.keyId, userId, after } as const
  return writer.write(entry, () =>
    scheduled.add({ cluster, action: 'key.revoke', ...wanted, userId, email, askedBy, dueAt }),
  )
}
