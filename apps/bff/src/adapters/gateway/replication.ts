import { problem } from '@ostor-console/shared/problem'
import type { Replication } from '@ostor-console/shared/replication'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import type { Spoken } from './dialect.ts'
import { asProblem, isNoSuchOperation, refusalOf } from './failures.ts'
import { readReplication } from './replication-reader.ts'
import { NO_REPLICATION } from './told.ts'

export type GatewayReplication = Omit<Replication, 'readAt'>

const without = (state: Exclude<Replication['state'], 'configured'>, detail: string | null = null) => ({
  state,
  detail,
  remote: null,
  rules: [],
})

/** Scheme, host and port: an address may hold a name and a password as well. */
const originOf = (address: string | null): string | null => {
  const origin = URL.parse(address ?? '')?.origin
  return origin === undefined || origin === 'null' ? null : origin
}

export const replicationOf = (calls: Calls, dialect: Spoken) => {
  const unsupported = (why: string): GatewayReplication => {
    dialect.suspectMissing('replication', why)
    return without('not-supported', why)
  }

  const none = (): GatewayReplication => {
    dialect.learn('replication', 'yes', said`A bucket was said to have no replication`)
    return without('none')
  }

  const withoutAnswer = (error: unknown): GatewayReplication => {
    const refusal = refusalOf(error)
    if (!refusal || asProblem(error)?.is('gateway-not-ostor', 'gateway-unreachable')) throw error
    const { status, told } = refusal
    if (told.code === 'NoSuchBucket') throw problem('bucket-not-found', {}, { cause: error })
    if (status === 404 && told.code === NO_REPLICATION) return none()
    if (status === 401 || status === 403) return without('not-allowed', asProblem(error)?.message)
    if (isNoSuchOperation(refusal)) return unsupported(said`The question for a replication was refused with ${status}`)
    throw error
  }

  return {
    /** How one bucket is replicated. The key of the other cluster, which comes with it, is not taken over. */
    async getReplication(bucket: string): Promise<GatewayReplication> {
      if (!dialect.mayHave('replication')) return without('not-supported', dialect.reason('replication'))
      let answer: { text: string; remote: string | null }
      try {
        answer = await calls.readOfBucket(bucket, 'replication')
      } catch (error) {
        return withoutAnswer(error)
      }
      const rules = rulesOf(answer.text)
      if (!rules) return unsupported(said`The question for a replication was answered with something else`)
      dialect.learn('replication', 'yes', said`The replication of a bucket was read`)
      return { state: 'configured', detail: null, remote: originOf(answer.remote), rules }
    },
  }
}

const rulesOf = (text: string) => {
  try {
    return readReplication(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : said`for no known reason`
    throw problem('gateway-bad-reply', { detail: `${said`The answer cannot be read`}: ${why}` }, { cause })
  }
}
