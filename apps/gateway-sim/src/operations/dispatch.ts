import { Refusal } from '../refusal.ts'
import { accounts } from './accounts.ts'
import { buckets } from './buckets.ts'
import { limits } from './limits.ts'
import type { Operation, World } from './operation.ts'
import { quotas } from './quotas.ts'
import { usage } from './usage.ts'
import { users } from './users.ts'

/** Each service with the first version that has it. */
const SERVICES: Record<string, { since: number; operation: Operation }> = {
  'ostor-users': { since: 200, operation: users },
  'ostor-limits': { since: 200, operation: limits },
  'ostor-usage': { since: 200, operation: usage },
  'ostor-buckets': { since: 204, operation: buckets },
  'ostor-accounts': { since: 406, operation: accounts },
  'ostor-quotas': { since: 407, operation: quotas },
}

export const operationOf = (world: World, service: string): Operation => {
  const known = SERVICES[service]
  if (!known || world.settings.versionNumber < known.since) {
    throw new Refusal(400, 'InvalidRequest', 'The requested sub-resource is not supported.')
  }
  return known.operation
}
