import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Audit } from '../adapters/store/audit.ts'
import type { Groups } from '../adapters/store/groups.ts'
import type { Within } from '../adapters/store/within.ts'
import type { Clusters } from '../clusters.ts'
import { limitedTo, type Scope, scopeOf, withinOf } from '../lists/scope.ts'
import { Params, type RulePorts, rulesOf } from './scope-rules.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The users that whoever asks is limited to; `null` when they are not limited. Behind the guard only. */
    readonly scope: Scope | null
    /** What of the store is theirs, as it is at this moment; `undefined` when they are not limited. */
    within(): Promise<Within | undefined>
  }
}

type Ports = RulePorts & {
  groups: Pick<Groups, 'limitOf'>
  clusters: Clusters
  audit: Pick<Audit, 'find'>
}

/**
 * The one place that decides what somebody who is limited to groups of users may ask for. What is about a user out of
 * their groups is answered as if there were no such user; what is about all users is refused with the reason.
 */
export const scopes = fp<Ports>(
  async (app, { groups, clusters, audit, ...stores }) => {
    const rules = rulesOf({ audit, ...stores })
    const decided = new WeakMap<FastifyRequest, { scope: Scope | null }>()

    const scopeNow = async ({ admin, params }: FastifyRequest): Promise<Scope | null> => {
      const limit = admin.role === 'admin' ? null : await groups.limitOf(admin.id)
      return limit && scopeOf(limit, Params.parse(params).cluster)
    }

    const decide = async (request: FastifyRequest): Promise<void> => {
      const { scope, query, body } = request
      const { scope: about } = request.routeOptions.config
      // A page without a scope names nobody, or it would not have started.
      if (scope === null || about === undefined || about === 'none') return
      const params = Params.parse(request.params)
      const missing = await rules[about]({
        scope,
        // What is about all users need not name a cluster.
        get parts() {
          return clusters.get(params.cluster)
        },
        params,
        query,
        body,
      })
      if (!missing) return
      await app.noteRefusal(request, limitedTo(scope))
      throw missing
    }

    app.decorateRequest('scope', {
      getter() {
        const known = decided.get(this)
        if (!known) throw new Error('the scope of this request is not decided')
        return known.scope
      },
    })
    app.decorateRequest('within', async function within() {
      const scope = await scopeNow(this)
      return scope ? withinOf(scope, clusters.get(Params.parse(this.params).cluster), stores.strangers) : undefined
    })

    app.addHook('onRequest', async (request) => {
      const scope = await scopeNow(request)
      decided.set(request, { scope })
      // Whatever else is wrong with it.
      if (request.routeOptions.config.scope === 'fleet') await decide(request)
    })

    // After the validation, so that what is asked for can be read, and before anything is done with it.
    app.addHook('preHandler', (request) => decide(request))
  },
  { name: 'scopes', dependencies: ['access'] },
)
