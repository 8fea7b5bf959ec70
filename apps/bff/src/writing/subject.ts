import type { LimitsTarget } from '../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../clusters.ts'
import { findBucket } from '../lists/find-bucket.ts'
import { selectingEmail, twinsOf } from './addressing.ts'

/** A user or a bucket: as the gateway selects it, and as the audit names it. */
export type Subject = { target: LimitsTarget; label: string; ids: { userId: string } | { bucket: string } }

type Parts = Pick<ClusterParts, 'gateway' | 'directory'>

/** For reading, the list tells the e-mail, so that one call to the gateway is enough. */
export const listedUser = async ({ gateway, directory }: Parts, userId: string): Promise<Subject> => {
  const user = (await directory.users()).byId.get(userId) ?? (await gateway.getUser(userId))
  const isAlone = user.email.trim() !== '' && (await twinsOf(directory, user)).length === 0
  return subjectOf(user, isAlone ? user.email : null)
}

/** For writing, the gateway is asked whom the e-mail selects at this moment. */
export const userNow = async (parts: Parts, userId: string): Promise<Subject> => {
  const user = await parts.gateway.getUser(userId)
  return subjectOf(user, await selectingEmail(parts, user))
}

const subjectOf = (user: { id: string; email: string }, email: string | null): Subject => ({
  target: { userId: user.id, email },
  label: user.email || user.id,
  ids: { userId: user.id },
})

export const knownBucket = async (parts: Parts, name: string): Promise<Subject> => {
  const bucket = await findBucket(parts, name)
  return { target: { bucket: bucket.name }, label: bucket.name, ids: { bucket: bucket.name } }
}
