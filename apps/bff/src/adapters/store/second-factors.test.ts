import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ENGINES, type EngineName, emptyStore } from '../../../test/stores.ts'
import { Secret } from '../gateway/secret.ts'
import { createSealer } from './sealed.ts'
import { secondFactorsOf } from './second-factors.ts'

const AT = new Date(Date.UTC(2026, 10, 1))
const ADA = { adminId: 'ada', seed: Secret.of('JBSWY3DPEHPK3PXP'), step: 100, codeHashes: ['one', 'two'], at: AT }

const factorsOn = async (engine: EngineName) =>
  secondFactorsOf(await emptyStore(engine), createSealer(Secret.of(randomBytes(32).toString('hex'))))

const times = <T>(n: number, work: () => Promise<T>) => Promise.all(Array.from({ length: n }, work))

describe.each(ENGINES)('second factors on %s', (engine) => {
  test('count once they are confirmed, and are forgotten when they are removed', async () => {
    const { begin, begun, find, confirm, remove, seedOf } = await factorsOn(engine)
    await begin('ada', 'AAAA', AT)
    await begin('ada', ADA.seed.reveal(), AT)
    expect((await begun('ada'))?.seed.reveal()).toBe(ADA.seed.reveal())
    expect(await find('ada')).toBeNull()
    expect(await confirm(ADA)).toBe(true)
    expect(await begun('ada')).toBeNull()
    expect(await find('ada')).toEqual({ enrolledAt: AT, recoveryCodesLeft: 2 })
    expect(await find('bob')).toBeNull()
    expect(await remove('ada')).toBe(true)
    expect([await find('ada'), await seedOf('ada'), await remove('ada')]).toEqual([null, null, false])
    expect(await confirm(ADA)).toBe(true)
  })

  test('of two that are confirmed at once, one counts', async () => {
    const { confirm, find } = await factorsOn(engine)
    const outcomes = await Promise.all([
      confirm(ADA),
      confirm({ ...ADA, codeHashes: ['three', 'four'] }),
      confirm({ ...ADA, codeHashes: ['five', 'six'] }),
    ])
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await find('ada')).toMatchObject({ recoveryCodesLeft: 2 })
  })

  test('a time step is taken once, however many ask at the same moment, and none before it after it', async () => {
    const { confirm, takeStep } = await factorsOn(engine)
    await confirm(ADA)
    expect(await takeStep('ada', 100)).toBe(false)
    expect((await times(5, () => takeStep('ada', 102))).filter(Boolean)).toHaveLength(1)
    expect([await takeStep('ada', 101), await takeStep('ada', 103), await takeStep('bob', 104)]).toEqual([
      false,
      true,
      false,
    ])
  })

  test('a recovery code is taken once, by its owner, until others take its place', async () => {
    const { confirm, takeRecoveryCode, replaceRecoveryCodes, find } = await factorsOn(engine)
    await confirm(ADA)
    expect(await takeRecoveryCode('bob', 'one', AT)).toBe(false)
    expect((await times(5, () => takeRecoveryCode('ada', 'one', AT))).filter(Boolean)).toHaveLength(1)
    expect(await find('ada')).toMatchObject({ recoveryCodesLeft: 1 })
    await replaceRecoveryCodes('ada', ['three', 'four', 'five'])
    expect(await find('ada')).toMatchObject({ recoveryCodesLeft: 3 })
    expect([await takeRecoveryCode('ada', 'two', AT), await takeRecoveryCode('ada', 'five', AT)]).toEqual([false, true])
  })
})
