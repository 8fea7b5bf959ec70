import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import type { BulkChange, BulkChoice, BulkItem, BulkRun, ItemState } from '@ostor-console/shared/bulk'
import { expect, onTestFinished } from 'vitest'
import { createPace } from '../src/adapters/gateway/pace.ts'
import { auditOf } from '../src/adapters/store/audit.ts'
import { bulkItemsOf } from '../src/adapters/store/bulk-items.ts'
import { bulkRunsOf } from '../src/adapters/store/bulk-runs.ts'
import type { AppParts } from '../src/app.ts'
import { createBulkRunner } from '../src/bulk-runner.ts'
import { createKeyShelf } from '../src/features/bulk/key-shelf.ts'
import { createTurns } from '../src/writing/turns.ts'
import { watched } from './watched.ts'

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

/** An admin at work who changes many users; runs go on when a test says so, and no pace holds them up. */
export const bulkDesk = async (
  options: SimulatorOptions = {},
  parts: Pick<Partial<AppParts>, 'onRoute' | 'logger' | 'whmcs' | 'addon'> = {},
  databaseUrl?: string,
) => {
  const clock = { ahead: () => 0 }
  const now = () => new Date(Date.now() + clock.ahead())
  const [inTurn, shelf] = [createTurns(), createKeyShelf({ now })]
  const here = await watched(options, { inTurn, shelf, ...parts }, databaseUrl)
  clock.ahead = here.ahead
  const runner = (turns = inTurn) => {
    const made = createBulkRunner({
      cluster: here.cluster,
      runs: bulkRunsOf(here.store),
      items: bulkItemsOf(here.store),
      audit: auditOf(here.store, { now }),
      shelf,
      inTurn: turns,
      log: SILENT,
      resultsDays: 90,
      pace: createPace({ wait: async () => undefined }),
      now,
      wait: async () => undefined,
    })
    onTestFinished(made.stop)
    return made
  }
  const { round } = runner()

  const plan = async (change: BulkChange, choice: BulkChoice): Promise<BulkRun> => {
    const { status, body } = await here.ask<BulkRun>('POST', '/bulk', { change, choice })
    expect({ status, body }).toMatchObject({ status: 201 })
    return body
  }
  const read = async (id: string) => (await here.ask<BulkRun>('GET', `/bulk/${id}`)).body
  const post = (id: string, what: string, body: object = {}) => here.ask<BulkRun>('POST', `/bulk/${id}/${what}`, body)
  return {
    ...here,
    /** Another process on the same store. */
    runner,
    work: round,
    plan,
    read,
    post,
    items: async (id: string, state?: ItemState): Promise<BulkItem[]> => {
      const query = state === undefined ? '' : `&state=${state}`
      return (await here.ask<{ items: BulkItem[] }>('GET', `/bulk/${id}/items?pageSize=500${query}`)).body.items
    },
    /** Plans, starts, and works until the run has ended or `rounds` are over. */
    run: async (change: BulkChange, choice: BulkChoice, start: object = {}, rounds = 30): Promise<BulkRun> => {
      const { id } = await plan(change, choice)
      expect((await post(id, 'start', start)).status).toBe(200)
      for (let n = 0; n < rounds && (await read(id)).state !== 'ended'; n += 1) await round()
      return read(id)
    },
    /** What follows from the ids and states. */
    ids: (count: number, from = 1) => ({
      by: 'ids' as const,
      ids: Array.from({ length: count }, (_, index) => here.user(index + from).id),
    }),
  }
}
