import { problem } from '@ostor-console/shared/problem'
import type { Account } from '@ostor-console/shared/users'
import type { GatewayUserDetail } from '../../adapters/gateway/gateway.ts'

export const accountOf = ({ accounts }: GatewayUserDetail, name: string): Account | null =>
  accounts?.find((account) => account.name === name) ?? null

/** Throws `no-accounts` or `account-not-found`. */
export const knownAccount = (user: GatewayUserDetail, name: string): Account => {
  if (user.accounts === null) throw problem('no-accounts')
  const found = accountOf(user, name)
  if (!found) throw problem('account-not-found')
  return found
}
