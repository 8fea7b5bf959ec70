import type { ProblemError } from '@ostor-console/shared/problem'
import { refusalOf } from '../adapters/gateway/failures.ts'

/** Nothing was done, for a reason that lies with the gateway and passes, and not with what was asked. */
export const isAboutGateway = (error: ProblemError): boolean => {
  const status = refusalOf(error)?.status ?? 0
  return error.is(...KINDS) || (error.is('gateway-refused') && (status === 429 || status >= 500))
}

const KINDS = [
  'gateway-unreachable',
  'gateway-tls',
  'gateway-bad-reply',
  'gateway-not-ostor',
  'gateway-key-wrong',
  'gateway-key-not-system',
  'gateway-clock',
] as const
