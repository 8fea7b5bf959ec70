import { randomBytes } from 'node:crypto'
import { ProblemError } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { ENGINES, type EngineName, emptyStore } from '../../../test/stores.ts'
import { Secret } from '../gateway/secret.ts'
import { lockedFields, rekey, rekeyAll } from './rekey.ts'
import { createSealer } from './sealed.ts'
import { secondFactorsOf } from './second-factors.ts'

const key = () => Secret.of(randomBytes(32).toString('base64'))
const PLACE = { table: 'second_factors', row: 'ada', field: 'seed' }
const SEED = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const AT = new Date(Date.UTC(2026, 10, 1))

const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.type
    throw error
  }
  return 'opened'
}

/** Every text that differs from `text` in one character. */
const alterations = (text: string) =>
  Array.from(text, (letter, at) => text.slice(0, at) + (letter === 'A' ? 'B' : 'A') + text.slice(at + 1))

// The last character holds bits that stand for nothing; without them the bytes are the same.
const bytesOf = (text: string) => Buffer.from(text.split('.')[2] ?? '', 'base64url').toString('hex')

describe('a sealed text', () => {
  test('opens where it was sealed, differs each time, and shows nothing', () => {
    const sealer = createSealer(key())
    const sealed = [sealer.seal(PLACE, SEED), sealer.seal(PLACE, SEED)]
    expect(new Set(sealed).size).toBe(2)
    for (const text of sealed) {
      expect(sealer.open(PLACE, text).reveal()).toBe(SEED)
      expect(text).toMatch(new RegExp(`^${sealer.keyIds[0]}\\.1\\.[\\w-]+$`))
      expect(Buffer.from(text.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain(SEED)
    }
  })

  test('is refused when it was moved to another row, field or table', () => {
    const sealer = createSealer(key())
    const sealed = sealer.seal(PLACE, SEED)
    for (const other of [{ row: 'eve' }, { field: 'other' }, { table: 'second_factor_enrolments' }]) {
      expect(refusal(() => sealer.open({ ...PLACE, ...other }, sealed))).toBe('/problems/sealed-damaged')
    }
  })

  test('is refused when any character of it was changed, or a part is missing', () => {
    const sealer = createSealer(key())
    const sealed = sealer.seal(PLACE, SEED)
    const changed = alterations(sealed).filter(
      (text) =>
        text.split('.')[2] === undefined ||
        text.slice(0, 14) !== sealed.slice(0, 14) ||
        bytesOf(text) !== bytesOf(sealed),
    )
    expect(changed.length).toBeGreaterThan(60)
    for (const text of [...changed, '', '.', sealed.slice(0, -2), sealed.slice(0, 30), `${sealed}AA`]) {
      expect(`${text} ${refusal(() => sealer.open(PLACE, text))}`).toBe(`${text} /problems/sealed-damaged`)
    }
  })

  test('opens with the old key too, and with no other', () => {
    const [first, second] = [key(), key()]
    const sealed = createSealer(first).seal(PLACE, SEED)
    expect(createSealer(second, first).open(PLACE, sealed).reveal()).toBe(SEED)
    expect(refusal(() => createSealer(second).open(PLACE, sealed))).toBe('/problems/sealed-damaged')
    expect(createSealer(second, first).seal(PLACE, SEED)).not.toContain(createSealer(first).keyIds[0])
  })
})

const ADMINS = ['ada', 'bob', 'cleo']

const storeUnder = async (engine: EngineName, secret: Secret) => {
  const store = await emptyStore(engine)
  const factors = secondFactorsOf(store, createSealer(secret))
  for (const adminId of ADMINS) {
    const codeHashes = [`${adminId} 1`]
    await factors.confirm({ adminId, seed: Secret.of(SEED), step: 1, codeHashes, at: AT })
  }
  await factors.begin('dora', SEED, AT)
  const readers = (...keys: [Secret, Secret?]) => {
    const { seedOf, begun } = secondFactorsOf(store, createSealer(...keys))
    const seeds = [...ADMINS.map(seedOf), begun('dora').then((enrolment) => enrolment?.seed)]
    return Promise.all(seeds.map(async (seed) => (await seed)?.reveal()))
  }
  return { store, readers }
}

const ALL = Array(4).fill(SEED)

describe.each(ENGINES)('a new key for the store on %s', (engine) => {
  test('ended between two rows, it is read with both keys; run again, with the new one alone', async () => {
    const [first, second] = [key(), key()]
    const { store, readers } = await storeUnder(engine, first)
    const sealer = createSealer(second, first)

    const rows = rekey(store, sealer)
    expect((await rows.next()).value).toBe('sealed')
    await rows.return(undefined)
    expect(await lockedFields(store, createSealer(second))).toBe(3)
    expect(await lockedFields(store, createSealer(first))).toBe(1)
    expect(await readers(second, first)).toEqual(ALL)
    // A console that was told of the new key and has not changed to it yet.
    expect(await readers(first, second)).toEqual(ALL)

    expect(await rekeyAll(store, sealer)).toEqual({ sealed: 3, damaged: 0 })
    expect(await readers(second)).toEqual(ALL)
    expect(await rekeyAll(store, sealer)).toEqual({ sealed: 0, damaged: 0 })
  })

  test('leaves what is damaged as it is, and does the rest', async () => {
    const [first, second] = [key(), key()]
    const { store } = await storeUnder(engine, first)
    const bob = await store.db
      .selectFrom('second_factors')
      .selectAll()
      .where('admin_id', '=', 'bob')
      .executeTakeFirstOrThrow()
    await store.db.updateTable('second_factors').set({ seed: bob.seed }).where('admin_id', '=', 'ada').execute()
    expect(await rekeyAll(store, createSealer(second, first))).toEqual({ sealed: 3, damaged: 1 })
    const factors = secondFactorsOf(store, createSealer(second, first))
    await expect(factors.seedOf('ada')).rejects.toThrow('changed in the store')
    expect((await factors.seedOf('bob'))?.reveal()).toBe(SEED)
  })

  test('no field keeps a seed in clear', async () => {
    const { store } = await storeUnder(engine, key())
    const rows = [
      await store.db.selectFrom('second_factors').selectAll().execute(),
      await store.db.selectFrom('second_factor_enrolments').selectAll().execute(),
    ].flat()
    expect(rows).toHaveLength(4)
    for (const { seed } of rows) expect(seed).not.toContain(SEED.slice(0, 8))
  })
})
