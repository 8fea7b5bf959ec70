import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Directory } from '../adapters/gateway/directory.ts'
import type { Gateway, GatewayUserDetail } from '../adapters/gateway/gateway.ts'

type Parts = { gateway: Gateway; directory: Directory }

/** Other users with the very same e-mail. */
export const twinsOf = async (
  directory: Pick<Directory, 'users'>,
  { id, email }: { id: string; email: string },
): Promise<string[]> => {
  const { byEmail } = await directory.users()
  const same = byEmail.get(email.toLowerCase()) ?? []
  return same.filter((other) => other.email === email && other.id !== id).map((other) => other.id)
}

/** The e-mail, when it selects this user and nobody else at the gateway; `null` otherwise. */
export const selectingEmail = async (parts: Parts, user: { id: string; email: string }): Promise<string | null> => {
  // An empty selector means all users.
  if (user.email.trim() === '' || (await twinsOf(parts.directory, user)).length > 0) return null
  const selected = await parts.gateway.findUserByEmail(user.email).catch(noneWhenAmbiguous)
  return selected?.id === user.id ? user.email : null
}

const noneWhenAmbiguous = (error: unknown): null => {
  if (error instanceof ProblemError && error.is('email-ambiguous')) return null
  throw error
}

/** The user as the gateway has them now. Throws `email-ambiguous` when their e-mail does not select them alone. */
export const addressedUser = async (parts: Parts, userId: string): Promise<GatewayUserDetail> => {
  const user = await parts.gateway.getUser(userId)
  if ((await selectingEmail(parts, user)) !== null) return user
  const detail =
    user.email.trim() === ''
      ? said`This user has no e-mail, and the gateway takes this request by e-mail only`
      : said`The gateway takes this request by e-mail only, and this e-mail does not stand for this user alone`
  throw problem('email-ambiguous', { detail })
}
