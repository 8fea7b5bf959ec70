import { type ProblemError, problem } from '@ostor-console/shared/problem'
import type { RouteScope } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'
import * as z from 'zod'
import type { Audit } from '../adapters/store/audit.ts'
import type { BulkRuns } from '../adapters/store/bulk-runs.ts'
import type { Scheduled } from '../adapters/store/scheduled.ts'
import type { Strangers } from '../adapters/store/strangers.ts'
import type { ClusterParts } from '../clusters.ts'
import { bucketByName } from '../lists/find-bucket.ts'
import { isTheirs, listsWithin, outOfScope, type Scope, takes, withinOf } from '../lists/scope.ts'

export type RulePorts = {
  audit: Pick<Audit, 'find'>
  scheduled: Pick<Scheduled, 'find'>
  runs: Pick<BulkRuns, 'isWithin'>
  strangers: Strangers
}

export const Params = z.object({
  cluster: z.string().default(''),
  userId: z.string().default(''),
  bucket: z.string().default(''),
  operationId: z.string().default(''),
  id: z.string().default(''),
  runId: z.string().default(''),
})
const Subject = z.object({
  userId: z.string().optional(),
  bucket: z.string().optional(),
  by: z.enum(['user', 'bucket']).optional(),
  ids: z.array(z.string()).optional(),
})
const NewUser = z.object({ email: z.string(), clientId: z.unknown().optional() })

type Asked = {
  scope: Scope
  parts: Pick<ClusterParts, 'cluster' | 'gateway' | 'directory'>
  params: z.infer<typeof Params>
  query: unknown
  body: unknown
}

/** `null` where it is allowed. */
type Rule = (asked: Asked) => Promise<ProblemError | null>

const open: Rule = async () => null

/** What each scope of a route asks of somebody who is limited. */
export const rulesOf = ({ audit, scheduled, runs, strangers }: RulePorts): Record<RouteScope, Rule> => ({
  none: open,
  filtered: open,
  fleet: async ({ scope }) => aboutAll(scope),
  user: async ({ params, ...asked }) => noUser(asked, params.userId),
  bucket: async ({ params, ...asked }) =>
    (await noBucket(asked, params.bucket)) ?? (await movedBucket(asked, params.bucket)),

  operation: async ({ scope, parts, params }) => {
    const entry = await audit.find(parts.cluster.id, params.operationId)
    if (!entry) return problem('operation-not-found')
    const email = entry.action === 'user.create' ? entry.target : null
    const within = await withinOf(scope, parts, strangers)
    return isTheirs(within, { ...entry, email }) ? null : problem('operation-not-found')
  },

  scheduled: async ({ scope, parts, params }) => {
    const change = await scheduled.find(parts.cluster.id, params.id)
    if (!change) return problem('scheduled-change-not-found')
    const within = await withinOf(scope, parts, strangers)
    const row = { userId: change.userId, bucket: null, email: null }
    return isTheirs(within, row) ? null : problem('scheduled-change-not-found')
  },

  'bulk-run': async ({ scope, parts, params }) => {
    const within = await withinOf(scope, parts, strangers)
    return (await runs.isWithin(params.runId, within)) ? null : problem('bulk-run-not-found')
  },

  subject: async ({ query, ...asked }) => {
    const { userId, bucket, by, ids = [] } = Subject.parse(query)
    const users = [userId ?? [], by === 'user' ? ids : []].flat()
    const buckets = [bucket ?? [], by === 'bucket' ? ids : []].flat()
    if (users.length + buckets.length === 0) return aboutAll(asked.scope)
    for (const each of users) {
      const missing = await noUser(asked, each)
      if (missing) return missing
    }
    for (const each of buckets) {
      const missing = await noBucket(asked, each)
      if (missing) return missing
    }
    const { byId } = await listsWithin(asked.scope, asked.parts.directory).users()
    const [handedDown] = await strangers.among(asked.parts.cluster.id, new Set(buckets), new Set(byId.keys()))
    return handedDown === undefined ? null : notTheirHistory(handedDown)
  },

  'new-user': async ({ scope, body }) => {
    const { email, clientId } = NewUser.parse(body)
    if (clientId !== undefined) return aboutClients(scope)
    return takes(scope, email) ? null : notTaken(scope)
  },
})

/** A figure over all users would say something of those that are none of theirs. */
const aboutAll = (scope: Scope): ProblemError =>
  outOfScope(
    scope,
    (named) => said`You are limited to ${named}, and this is about all users. Ask an admin of the console.`,
  )

/** The clients of WHMCS are those of all users. */
const aboutClients = (scope: Scope): ProblemError =>
  outOfScope(
    scope,
    (named) =>
      said`You are limited to ${named}, and clients are everybody’s. Make the user without one, or ask an admin of the console.`,
  )

/** What is kept of a bucket is found by its name. */
const notTheirHistory = (bucket: string): ProblemError =>
  problem('out-of-scope', {
    detail: said`A bucket of somebody else was called ${bucket} before, and the history of both is one. Ask an admin of the console.`,
  })

const notTaken = (scope: Scope): ProblemError => {
  const { endings } = scope
  return outOfScope(scope, (named) =>
    endings.length === 0
      ? said`You are limited to ${named}, which takes new users only when an admin adds them. Ask an admin of the console.`
      : said`You are limited to ${named}, which takes only new users whose e-mail ends with ${endings.join(', ')}. Ask an admin of the console.`,
  )
}

type Where = Pick<Asked, 'scope' | 'parts'>

const noUser = async ({ scope, parts }: Where, userId: string): Promise<ProblemError | null> => {
  const { byId } = await listsWithin(scope, parts.directory).users()
  return byId.has(userId) ? null : problem('user-not-found')
}

const noBucket = async ({ scope, parts }: Where, name: string): Promise<ProblemError | null> => {
  const { byName } = await listsWithin(scope, parts.directory).buckets()
  return byName.has(name) ? null : problem('bucket-not-found')
}

/** A bucket of this name may be somebody else's since the list was read. */
const movedBucket = async ({ scope, parts }: Where, name: string): Promise<ProblemError | null> => {
  const { byId } = await listsWithin(scope, parts.directory).users()
  const bucket = await bucketByName(parts.gateway, name)
  return bucket === null || byId.has(bucket.ownerId) ? null : problem('bucket-not-found')
}
