import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { type BulkRun, bulkRoutes, CEILING, type RunState } from '@ostor-console/shared/bulk'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { LRUCache } from 'lru-cache'
import type { BulkItems } from '../../adapters/store/bulk-items.ts'
import type { BulkRuns, Counts, RunRow } from '../../adapters/store/bulk-runs.ts'
import type { Clusters } from '../../clusters.ts'
import { limitedTo } from '../../lists/scope.ts'
import { EMAILS_ONLY, VERB_OF } from './allowed.ts'
import { type Look, wantedOf } from './choice.ts'
import type { KeyShelf } from './key-shelf.ts'
import { makePlan } from './make-plan.ts'
import { resultsOf } from './results.ts'
import { behindOf, changeOf, paceSince, runView } from './run-view.ts'
import { sessionOf, unnamed, type Whose, whoLooks } from './who-looks.ts'

type Options = {
  clusters: Clusters
  runs: BulkRuns
  items: BulkItems
  shelf: KeyShelf
  look: Look
  now: () => Date
}

type Params = { cluster: string; runId: string }

const ROWS = 50
/** A hundred thousand ids, or a file of that many e-mails. */
const LARGEST_CHOICE = 12 * 1024 * 1024

export const bulk: FastifyPluginAsyncZod<Options> = async (app, { clusters, runs, items, shelf, look, now }) => {
  /** Of runs that have ended, which do not change any more. */
  const settled = new LRUCache<string, Counts>({ max: 1000 })

  const find = async ({ cluster, runId }: Params): Promise<RunRow> => {
    const run = await runs.find(clusters.get(cluster).cluster.id, runId)
    if (!run) throw problem('bulk-run-not-found')
    return run
  }

  const viewsOf = async (rows: RunRow[], { session, within }: Whose): Promise<BulkRun[]> => {
    const at = now()
    const running = rows.find(({ state }) => state === 'running')
    const started = running ? await runs.active(running.cluster_id) : []
    const counted = [...rows, ...started].flatMap(({ id }) => (settled.has(id) ? [] : id))
    const counts = await runs.counts([...new Set(counted)], paceSince(at))
    const seen = await Promise.all(started.map(async ({ id }) => !within || (await runs.isWithin(id, within))))
    const others = new Set(started.flatMap(({ id }, index) => (seen[index] ? [] : id)))
    return rows.flatMap((row) => {
      const own = settled.get(row.id) ?? counts.get(row.id)
      if (own && row.state === 'ended') settled.set(row.id, own)
      if (!own) return []
      const keysWaiting = row.session_hash === session ? shelf.count(row.id) : 0
      return runView(row, {
        counts: own,
        behind: unnamed(behindOf(row, started, counts), others),
        keysWaiting,
        now: at,
      })
    })
  }

  const view = async (params: Params, whose: Whose): Promise<BulkRun> => {
    const [shown] = await viewsOf([await find(params)], whose)
    if (!shown) throw problem('bulk-run-not-found')
    return shown
  }

  const move = async (
    request: FastifyRequest & { params: Params },
    from: RunState[],
    to: Parameters<BulkRuns['move']>[2],
  ): Promise<BulkRun> => {
    const { state } = await find(request.params)
    if (!(await runs.move(request.params.runId, from, to))) throw movedOn(state)
    return view(request.params, await whoLooks(request))
  }

  const makeOne = makePlan({ runs, look, now })

  /** A plan for somebody else's users is as much to be known of as one that the role refuses. */
  const plan = async (request: FastifyRequest, ...of: Parameters<typeof makeOne>): Promise<string> => {
    try {
      return await makeOne(...of)
    } catch (error) {
      if (request.scope && error instanceof ProblemError && error.is('out-of-scope'))
        await app.noteRefusal(request, limitedTo(request.scope))
      throw error
    }
  }

  app.route({
    ...bulkRoutes.plan,
    bodyLimit: LARGEST_CHOICE,
    handler: async (request, reply) => {
      const { change, choice } = request.body
      const parts = clusters.get(request.params.cluster)
      await app.demandVerb(request, VERB_OF[change.action])
      if (change.action === 'create' && choice.by !== 'emails')
        throw problem('request-invalid', { errors: [EMAILS_ONLY] })
      const { scope, actor } = request
      const runId = await plan(request, parts, { change, ...wantedOf(choice), actor, rerunOf: null, scope })
      return reply.code(201).send(await view({ cluster: parts.cluster.id, runId }, await whoLooks(request)))
    },
  })

  app.route({
    ...bulkRoutes.list,
    handler: async (request) => {
      const { page = 1 } = request.query
      const { cluster } = clusters.get(request.params.cluster)
      const { rows, ...paging } = await runs.page(cluster.id, page, await request.within())
      return { items: await viewsOf(rows, await whoLooks(request)), page, ...paging }
    },
  })

  app.route({ ...bulkRoutes.read, handler: async (request) => view(request.params, await whoLooks(request)) })

  app.route({
    ...bulkRoutes.items,
    handler: async (request) => {
      const { page = 1, pageSize = ROWS, ...filter } = request.query
      const { id } = await find(request.params)
      return items.page(id, { ...filter, page, pageSize })
    },
  })

  app.route({
    ...bulkRoutes.results,
    handler: async (request, reply) => {
      const run = await find(request.params)
      reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="bulk-${run.id}.csv"`)
      return Readable.from(resultsOf(items, run))
    },
  })

  app.route({
    ...bulkRoutes.start,
    handler: async (request) => {
      const { params, body } = request
      const whose = await whoLooks(request)
      const { change, planned, expiresAt, state } = await view(params, whose)
      await app.demandVerb(request, VERB_OF[change.action])
      if (state !== 'planned') throw movedOn(state)
      if (expiresAt !== null && expiresAt < now().toISOString()) throw problem('bulk-run-moved-on', { detail: TOO_OLD })
      if (planned.change === 0) throw problem('nothing-chosen', { detail: said`Nothing is to be changed` })
      if (change.action === 'delete' && body.confirmCount !== planned.change) throw problem('confirmation-wrong')
      const { perSecond = CEILING.usual } = body
      const started = { actor: request.actor, started_at: now(), operation_id: randomUUID() }
      const to = { ...started, state: 'running', per_second: perSecond, session_hash: whose.session } as const
      return move(request, ['planned'], to)
    },
  })

  app.route({
    ...bulkRoutes.pause,
    handler: (request) => move(request, ['running'], { state: 'paused', held_by: request.actor }),
  })

  app.route({
    ...bulkRoutes.resume,
    handler: async (request) => {
      await app.demandVerb(request, VERB_OF[changeOf(await find(request.params)).action])
      return move(request, ['paused'], { state: 'running', held_by: null })
    },
  })

  app.route({
    ...bulkRoutes.stop,
    handler: (request) => move(request, ['running', 'paused'], { state: 'stopping', held_by: request.actor }),
  })

  app.route({
    ...bulkRoutes.again,
    handler: async (request, reply) => {
      const run = await find(request.params)
      await app.demandVerb(request, VERB_OF[changeOf(run).action])
      if (run.state !== 'ended') throw movedOn(run.state)
      const seeds = (await items.failed(run.id)).map(({ user_id: id, email }) => ({ line: null, id, email }))
      const parts = clusters.get(run.cluster_id)
      const source = said`What did not come about in an earlier run`
      const { scope, actor } = request
      const of = { change: changeOf(run), wanted: seeds, source, actor }
      const runId = await plan(request, parts, { ...of, rerunOf: run.id, scope })
      return reply.code(201).send(await view({ cluster: run.cluster_id, runId }, await whoLooks(request)))
    },
  })

  app.route({
    ...bulkRoutes.discard,
    handler: async (request, reply) => {
      const run = await find(request.params)
      if (!(await runs.remove(run.id, 'planned'))) throw movedOn(run.state)
      return reply.code(204).send()
    },
  })

  app.route({
    ...bulkRoutes.takeKeys,
    handler: async (request, reply) => {
      const run = await find(request.params)
      const keys = run.session_hash === sessionOf(request) ? shelf.take(run.id) : []
      if (keys.length === 0) throw problem('keys-not-here', { detail: ONCE })
      // They are in nobody's hands but these: whatever the store says, they are handed over.
      await runs.keysTaken(run.id, keys.length).catch((err: unknown) => request.log.error({ err }, 'not counted'))
      request.log.info({ cluster: run.cluster_id, runId: run.id, keys: keys.length }, 'first keys handed over')
      return reply.header('cache-control', 'no-store').send({ keys })
    },
  })
}

const TOO_OLD = said`This plan was made more than a day ago: make a new one`
const ONCE = said`They are handed over once, within half an hour, to the session that started the run`

const IS_NOW: Record<RunState, string> = {
  planned: said`It is planned now`,
  running: said`It is running now`,
  paused: said`It is paused now`,
  stopping: said`It is stopping now`,
  ended: said`It is ended now`,
}

const movedOn = (state: RunState) => problem('bulk-run-moved-on', { detail: IS_NOW[state] })
