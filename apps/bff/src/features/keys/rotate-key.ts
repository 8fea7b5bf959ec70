import { randomUUID } from 'node:crypto'
import { MAX_KEYS } from '@ostor-console/shared/bounds'
import type { NewAccessKey } from '@ostor-console/shared/keys'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { Scheduled } from '../../adapters/store/scheduled.ts'
import type { ClusterParts } from '../../clusters.ts'
import { isLost, type Wait } from '../../writing/proof.ts'
import { asOperation, type Writer } from '../../writing/writer.ts'
import { createKey } from './create-key.ts'
import { revocable } from './revoke-key.ts'

type Wanted = {
  userId: string
  keyId: string
  dueAt: Date
  askedBy: string
  /** Of the new key, when the caller chose it. */
  operationId?: string
}
type Ports = { scheduled: Scheduled; unseen: Pick<UnseenWrites, 'count'>; writer: Writer; wait: Wait }

/**
 * Generates the key that takes the place of another one, which is revoked at a date. It must run in turn. What is to
 * happen stands in the store before the key is made, so that no crash leaves a new key whose old one nobody revokes.
 */
export const rotateKey = async (
  parts: ClusterParts,
  { userId: asked, keyId, dueAt, askedBy, operationId = randomUUID() }: Wanted,
  { scheduled, unseen, writer, wait }: Ports,
): Promise<{ key: NewAccessKey; scheduled: ScheduledChange }> => {
  const cluster = parts.cluster.id
  const { id: userId, email, keyIds } = await revocable(parts, { userId: asked, keyId, acceptLastKey: true })
  if (keyIds.length >= MAX_KEYS) throw problem('key-limit-reached', { detail: noPlace(keyIds, keyId) })

  const after = { what: 'key.revoke', dueAt: dueAt.toISOString() }
  const entry = { cluster, action: 'scheduled.add', target: keyId, userId, after } as const
  const wanted = {
    cluster,
    action: 'key.revoke',
    userId,
    email,
    keyId,
    acceptLastKey: false,
    askedBy,
    dueAt,
    operationId,
  } as const
  const prepared = await writer.write(entry, () => scheduled.prepare(wanted))

  const making = asOperation(writer, operationId, said`It takes the place of ${keyId}`)
  const key = await createKey(parts, userId, making, wait, unseen).catch(async (error: unknown) => {
    if (!isLost(error)) await scheduled.end(prepared, { state: 'failed', by: 'console', detail: reasonOf(error) })
    throw error
  })
  // The secret is handed over whatever happens here: what is made already is found by its operation's id.
  const ready = await scheduled.ready(prepared.id, key.id).catch(() => null)
  return { key, scheduled: ready ?? { ...prepared, newKeyId: key.id } }
}

const noPlace = (keyIds: string[], keyId: string): string => {
  const other = keyIds.find((id) => id !== keyId) ?? ''
  return said`It needs a free place for the new key, and the user has ${keyIds.length} keys. Look which of them nothing uses any more, revoke ${other} or ${keyId}, and rotate the one that is left`
}

const reasonOf = (error: unknown): string =>
  error instanceof ProblemError ? error.message : said`The new key could not be made`
