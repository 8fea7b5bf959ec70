import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { type KnownQuota, userQuotasOf } from './user-quotas.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 12, minute))
const told = (size: number, minute: number): KnownQuota => ({
  size,
  isUnitKnown: true,
  bytesPerGb: 2n ** 30n,
  readAt: at(minute),
})

describe.each(ENGINES)('quotas of users on %s', (engine) => {
  test('are kept as they were last told, by user and gateway, and told from a time on', async () => {
    const store = await emptyStore(engine)
    const quotas = userQuotasOf(store, 'one', 'https://a.example')
    const many = Array.from({ length: 450 }, (_, n) => [`user${n}`, told(n, 1)] as const)
    await quotas.save(many)
    await quotas.save([
      ['user7', { size: 1.5, isUnitKnown: false, bytesPerGb: null, readAt: at(2) }],
      ['late', told(3, 3)],
    ])
    expect((await quotas.since(at(0))).length).toBe(451)
    expect(new Map(await quotas.since(at(2)))).toEqual(
      new Map([
        ['user7', { size: 1.5, isUnitKnown: false, bytesPerGb: null, readAt: at(2) }],
        ['late', told(3, 3)],
      ]),
    )
    expect(await userQuotasOf(store, 'one', 'https://b.example').since(at(0))).toEqual([])
    expect(await userQuotasOf(store, 'two', 'https://a.example').since(at(0))).toEqual([])
  })

  test('of users who are gone are forgotten', async () => {
    const store = await emptyStore(engine)
    const [quotas, others] = ['one', 'two'].map((cluster) => userQuotasOf(store, cluster, 'https://a.example'))
    for (const each of [quotas, others])
      await each?.save([
        ['gone', told(1, 1)],
        ['there', told(2, 1)],
      ])
    await quotas?.forget(['gone', 'unheard'])
    expect((await quotas?.since(at(0)))?.map(([userId]) => userId)).toEqual(['there'])
    expect((await others?.since(at(0)))?.length).toBe(2)
  })

  test('are in doubt since a time of each cluster', async () => {
    const store = await emptyStore(engine)
    const [quotas, others] = ['one', 'two'].map((cluster) => userQuotasOf(store, cluster, 'https://a.example'))
    expect(await quotas?.doubtedAt()).toBeNull()
    await quotas?.doubt(at(1))
    await quotas?.doubt(at(2))
    expect(await quotas?.doubtedAt()).toEqual(at(2))
    expect(await others?.doubtedAt()).toBeNull()
  })
})
