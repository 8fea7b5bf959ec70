import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import type { Scheduled } from '../../adapters/store/scheduled.ts'
import type { ClusterParts } from '../../clusters.ts'
import type { Writer } from '../../writing/writer.ts'
import { removable } from './change-user.ts'

type Wanted = { userId: string; confirmation: string; dueAt: Date; askedBy: string }

/** Puts a deletion off to a date. What would refuse it now refuses it at once. */
export const scheduleDeletion = async (
  parts: ClusterParts,
  { userId: asked, confirmation, dueAt, askedBy }: Wanted,
  writer: Writer,
  scheduled: Scheduled,
): Promise<ScheduledChange> => {
  const cluster = parts.cluster.id
  const user = await removable(parts, asked, confirmation)
  const userId = user.id
  const after = { what: 'user.delete', dueAt: dueAt.toISOString() }
  return writer.write({ cluster, action: 'scheduled.add', target: user.email || userId, userId, after }, () =>
    scheduled.add({
      cluster,
      action: 'user.delete',
      userId,
      email: confirmation,
      keyId: null,
      acceptLastKey: false,
      askedBy,
      dueAt,
    }),
  )
}
