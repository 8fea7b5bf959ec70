import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { type ToldQuota, userQuotasOf } from './user-quotas.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 12, minute))
const told = (number: bigint, minute: number): ToldQuota => ({ told: number, readAt: at(minute) })

describe.each(ENGINES)('quotas of users on %s', (engine) => {
  test('are kept as they were last told, by user and gateway, and given from when they were saved', async () => {
    const store = await emptyStore(engine)
    const quotas = userQuotasOf(store, 'one', 'https://a.example')
    const many = Array.from({ length: 450 }, (_, n) => [`user${n}`, told(BigInt(n), 1)] as const)
    await quotas.save(many, at(1))
    const late = [['user7', told(2n ** 64n, 2)] as const, ['late', told(3n, 1)] as const]
    await quotas.save(late, at(9))
    expect((await quotas.savedSince(at(0))).length).toBe(451)
    expect(new Map(await quotas.savedSince(at(9)))).toEqual(
      new Map(late.map(([userId, quota]) => [userId, { ...quota, savedAt: at(9) }])),
    )
    expect(await userQuotasOf(store, 'one', 'https://b.example').savedSince(at(0))).toEqual([])
    expect(await userQuotasOf(store, 'two', 'https://a.example').savedSince(at(0))).toEqual([])
  })

  test('that were read earlier do not take the place of later ones, whenever they are saved', async () => {
    const quotas = userQuotasOf(await emptyStore(engine), 'one', 'https://a.example')
    await quotas.save([['user', told(2n, 2)]], at(3))
    await quotas.save([['user', told(1n, 1)]], at(4))
    expect(await quotas.savedSince(at(0))).toEqual([['user', { ...told(2n, 2), savedAt: at(3) }]])
  })

  test('of users who are gone are forgotten', async () => {
    const store = await emptyStore(engine)
    const [quotas, others] = ['one', 'two'].map((cluster) => userQuotasOf(store, cluster, 'https://a.example'))
    for (const each of [quotas, others]) {
      await each?.save(
        [
          ['gone', told(1n, 1)],
          ['there', told(2n, 1)],
        ],
        at(1),
      )
    }
    await quotas?.forget(['gone', 'unheard'])
    expect((await quotas?.savedSince(at(0)))?.map(([userId]) => userId)).toEqual(['there'])
    expect((await others?.savedSince(at(0)))?.length).toBe(2)
  })

  test('are in doubt since a time of each cluster', async () => {
    const store = await emptyStore(engine)
    const [quotas, others] = ['one', 'two'].map((cluster) => userQuotasOf(store, cluster, 'https://a.example'))
    expect(await quotas?.doubtedAt('user')).toBeNull()
    await quotas?.doubt('user', at(2))
    await quotas?.doubt('user', at(1))
    expect(await quotas?.doubtedAt('user')).toEqual(at(2))
    expect(await others?.doubtedAt('user')).toBeNull()
  })
})
