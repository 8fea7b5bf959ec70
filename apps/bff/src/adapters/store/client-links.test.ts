import type { KyselyPlugin, QueryResult, UnknownRow } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aClient } from '../../../test/a-client.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf } from './audit.ts'
import { addLink, clientLinksOf } from './client-links.ts'
import { clientStandingsOf, type Standing } from './client-standings.ts'
import { saveWhmcsFacts } from './whmcs-facts.ts'

const AT = new Date('2026-11-01T00:00:00Z')
const LATER = new Date('2026-11-01T01:00:00Z')

describe.each(ENGINES)('clients of WHMCS in %s', (engine) => {
  test('that were seen are kept as WHMCS told them last, and found again by what they begin with', async () => {
    const links = clientLinksOf(await emptyStore(engine))
    await links.see([], AT)
    await links.see([aClient(1, { name: 'Ada Lovelace' }), aClient(2, { company: '50% & Söhne_GmbH' })], AT)
    await links.see([aClient(2, { company: '50% & Söhne_GmbH', currency: null, status: 'closed' }), aClient(3)], LATER)
    const named = new Map(
      [...(await links.seen([2, 3, 4]))].map(([id, { currency, status, seenAt }]) => [
        id,
        { currency, status, seenAt },
      ]),
    )
    expect(named).toEqual(
      new Map([
        [2, { currency: 'EUR', status: 'closed', seenAt: LATER }],
        [3, { currency: 'EUR', status: 'active', seenAt: LATER }],
      ]),
    )
    const found = async (text: string, status?: 'active' | 'closed') => {
      const { items, matching } = await links.search({ text, status, page: 1, pageSize: 2 })
      return [matching, items.map(({ id }) => id)]
    }
    expect(await found('')).toEqual([3, [1, 2]])
    expect(await found('ADA')).toEqual([1, [1]])
    expect(await found('lovel')).toEqual([1, [1]])
    expect(await found('ovelace')).toEqual([0, []])
    expect(await found('50% & s')).toEqual([1, [2]])
    expect(await found('%')).toEqual([0, []])
    expect(await found('client-3@')).toEqual([1, [3]])
    expect(await found('3')).toEqual([1, [3]])
    expect(await found('', 'closed')).toEqual([1, [2]])

    await links.lose(1, LATER)
    await links.lose(1, new Date('2026-11-02T00:00:00Z'))
    expect((await links.allSeen()).map(({ id, goneAt }) => [id, goneAt])).toEqual([
      [1, LATER],
      [2, null],
      [3, null],
    ])
    await links.see([aClient(1)], LATER)
    expect((await links.seen([1])).get(1)?.goneAt).toBeNull()
  })

  test.each(['link', 'unlink'] as const)('are in step with the audit wherever a %s breaks off', async (what) => {
    const store = await emptyStore(engine)
    await saveWhmcsFacts(store, { mode: 'append', linkFieldId: 4 })
    const links = clientLinksOf(store)
    const user = { cluster: 'demo', userId: 'u1' }
    const link = { ...user, clientId: 1, email: 'a@example.com', by: 'ada' }
    const known = async () => {
      const rows = await store.db.selectFrom('audit').select('outcome').execute()
      const told = await store.db.selectFrom('whmcs_messages').select('kind').execute()
      const isLinked = (await links.ofUser(user)) !== null
      return { said: rows.map(({ outcome }) => outcome), told: told.length, isChanged: isLinked === (what === 'link') }
    }
    if (what === 'unlink') await addLink(store.db, link, AT)
    const before = await known()
    let steps = 0
    /** As a process does that is gone before a statement. */
    const breakingOff = async (at: number): Promise<unknown> => {
      let left = at
      const transformQuery: KyselyPlugin['transformQuery'] = ({ node }) => {
        left -= 1
        if (left < 0) throw new Error('it is gone')
        return node
      }
      const plugin = {
        transformQuery,
        transformResult: async ({ result }: { result: QueryResult<UnknownRow> }) => result,
      }
      const audit = auditOf({ ...store, db: store.db.withPlugin(plugin) })
      const said = { actor: 'ada', action: `client.${what}`, target: link.email, outcome: 'done', ...user } as const
      return audit.record(said, (tx) => (what === 'link' ? links.add(tx, link, AT) : links.remove(tx, link, AT)))
    }
    while (
      await breakingOff(steps).then(
        () => false,
        () => true,
      )
    ) {
      expect({ steps, ...(await known()) }).toEqual({ steps, ...before })
      steps += 1
    }
    expect(steps).toBeGreaterThan(4)
    expect(await known()).toEqual({ said: ['done'], told: before.told + 1, isChanged: true })
  })

  test('are compared as a whole, and a comparison that failed leaves the last one', async () => {
    const standings = clientStandingsOf(await emptyStore(engine))
    expect(await standings.last()).toEqual({ asOf: null, clients: 0, failure: null })
    await standings.fail('no answer')
    expect(await standings.last()).toEqual({ asOf: null, clients: 0, failure: 'no answer' })
    const one = { email: 'a@example.com', services: null }
    await standings.replace(
      new Map<number, Standing>([
        [1, one],
        [2, { email: 'b@example.com', services: 'S3: suspended' }],
      ]),
      { asOf: AT, clients: 9 },
    )
    await standings.replace(new Map([[1, one]]), { asOf: LATER, clients: 8 })
    await standings.fail('no answer')
    expect(await standings.all()).toEqual(new Map([[1, one]]))
    expect(await standings.last()).toEqual({ asOf: LATER, clients: 8, failure: 'no answer' })
  })
})
