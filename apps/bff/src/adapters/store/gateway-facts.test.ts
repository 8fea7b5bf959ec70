import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { gatewayFactsOf } from './gateway-facts.ts'

const AT = new Date('2026-11-05T00:30:00.000Z')

describe.each(ENGINES)('what a gateway taught, on %s', (engine) => {
  test('is kept by topic, for its cluster and its address only, until it is forgotten', async () => {
    const store = await emptyStore(engine)
    const facts = gatewayFactsOf(store, 'vienna', 'https://s3.example.com')
    expect(await facts.load()).toEqual([])
    await facts.save('limitsForm', { way: 'B', at: AT, from: 'the first' })
    await facts.save('limitsForm', { way: 'A', at: AT, from: 'the second' })
    await facts.save('quotaUnit', { way: 'gb', at: AT, from: 'a quota' })
    expect(new Map(await facts.load())).toEqual(
      new Map([
        ['limitsForm', { way: 'A', at: AT, from: 'the second' }],
        ['quotaUnit', { way: 'gb', at: AT, from: 'a quota' }],
      ]),
    )
    expect(await gatewayFactsOf(store, 'vienna', 'https://other.example.com').load()).toEqual([])
    expect(await gatewayFactsOf(store, 'vien', 'https://s3.example.com').load()).toEqual([])
    await facts.save('limitsForm', null)
    expect((await facts.load()).map(([topic]) => topic)).toEqual(['quotaUnit'])
  })
})
