import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  amountOf,
  MICRO,
  microOf,
  moneyText,
  type Price,
  partsOf,
  quantityText,
  roundHalfUp,
  UNIT_BYTES,
} from './money.ts'

const flat = (price: string, included = 0): Price => ({ included, tiers: [{ upTo: null, price }] })
const GB = UNIT_BYTES.GB

const decimal = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`)

/** Any price: included units, then tiers whose bounds rise. */
const price: fc.Arbitrary<Price> = fc
  .record({
    included: fc.integer({ min: 0, max: 500 }),
    steps: fc.array(fc.record({ units: fc.integer({ min: 1, max: 500 }), price: decimal }), { maxLength: 4 }),
    last: decimal,
  })
  .map(({ included, steps, last }) => {
    let upTo = included
    const bounded = steps.map(({ units, price: each }) => ({ upTo: (upTo += units), price: each }))
    return { included, tiers: [...bounded, { upTo: null, price: last }] }
  })
const per = fc.constantFrom(1n, 1000n, GB, UNIT_BYTES.GiB, GB * 744n, UNIT_BYTES.GiB * 719n)
const count = fc.bigInt({ min: 0n, max: 10n ** 24n })

/** The price of each unit by itself: slow, and with no arithmetic of bounds. */
const unitByUnit = ({ included, tiers }: Price, units: number): bigint => {
  let sum = 0n
  for (let unit = included; unit < units; unit += 1) {
    const tier = tiers.find(({ upTo }) => upTo === null || unit < upTo)
    sum += microOf(tier?.price ?? '0')
  }
  return roundHalfUp(sum, 10_000n) * 10_000n
}

describe('rounding', () => {
  test('what lies in the middle goes up, also below nothing', () => {
    expect([5n, 15n, -5n, -15n, 4n, -6n].map((n) => roundHalfUp(n, 10n))).toEqual([1n, 2n, 0n, -1n, 0n, -1n])
  })

  test('it is never off by more than half, and by half only upwards', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 30n }), (numerator, denominator) => {
        const off = 2n * (roundHalfUp(numerator, denominator) * denominator - numerator)
        expect(off > -denominator && off <= denominator).toBe(true)
      }),
    )
  })
})

describe('an amount', () => {
  test('is the example of the manual: 512.4 GB-months at 0.01, and 30 GB over 100 included at 0.02', () => {
    expect(amountOf(flat('0.01'), { count: 512_400_000_000n * 720n, per: GB * 720n }, 'EUR')).toBe(microOf('5.12'))
    expect(amountOf(flat('0.02', 100), { count: 130n * GB, per: GB }, 'EUR')).toBe(microOf('0.60'))
  })

  test('is for whole units what they cost one by one', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 0, max: 3000 }), per, (of, units, each) => {
        expect(amountOf(of, { count: BigInt(units) * each, per: each }, 'EUR')).toBe(unitByUnit(of, units))
      }),
    )
  })

  test('never falls when there is more, and is nothing up to what is included', () => {
    fc.assert(
      fc.property(price, count, count, per, (of, one, more, each) => {
        const amount = amountOf(of, { count: one, per: each }, 'EUR')
        expect(amountOf(of, { count: one + more, per: each }, 'EUR') >= amount).toBe(true)
        expect(amountOf(of, { count: BigInt(of.included) * each, per: each }, 'EUR')).toBe(0n)
      }),
    )
  })

  test('is rounded once for a line, to the smallest unit of the currency', () => {
    fc.assert(
      fc.property(price, count, per, (of, some, each) => {
        const quantity = { count: some, per: each }
        const exact = partsOf(of, quantity).reduce((sum, part) => sum + part.count * microOf(part.price), 0n)
        expect(amountOf(of, quantity, 'EUR') % 10_000n).toBe(0n)
        expect(amountOf(of, quantity, 'JPY') % MICRO).toBe(0n)
        expect(amountOf(of, quantity, 'EUR')).toBe(roundHalfUp(exact, each * 10_000n) * 10_000n)
      }),
    )
  })

  test('does not depend on the unit in which the same price is said', () => {
    fc.assert(
      fc.property(count, decimal, (bytes, each) => {
        const inGb = amountOf(flat(each), { count: bytes, per: GB }, 'EUR')
        expect(amountOf(flat(each), { count: bytes * 7n, per: GB * 7n }, 'EUR')).toBe(inGb)
      }),
    )
  })

  test('has parts that together are all that is not included', () => {
    fc.assert(
      fc.property(price, count, per, (of, some, each) => {
        const sum = partsOf(of, { count: some, per: each }).reduce((all, part) => all + part.count, 0n)
        const over = some - BigInt(of.included) * each
        expect(sum).toBe(over > 0n ? over : 0n)
      }),
    )
  })
})

describe('text', () => {
  test('an amount is read as it was written, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        fc.constantFrom('EUR', 'JPY'),
        (micro, currency) => {
          expect(microOf(moneyText(micro, currency))).toBe(micro)
        },
      ),
    )
    expect([moneyText(5_120_000n, 'EUR'), moneyText(-10_000n, 'EUR'), moneyText(12_500n, 'EUR')]).toEqual([
      '5.12',
      '-0.01',
      '0.0125',
    ])
    expect(moneyText(3_000_000n, 'JPY')).toBe('3')
  })

  test('what is no amount is refused', () => {
    for (const text of ['', '1e3', '1,00', '.5', '1.1234567', ' 1', '0x1'])
      expect(() => microOf(text)).toThrow(RangeError)
  })

  test('a quantity is said to the digits asked for', () => {
    expect(quantityText({ count: 512_404_999_999n, per: GB })).toBe('512.40')
    expect(quantityText({ count: 512_405_000_000n, per: GB })).toBe('512.41')
    expect(quantityText({ count: 1n, per: GB })).toBe('0.00')
    expect(quantityText({ count: 1500n, per: 1000n }, 0)).toBe('2')
  })
})
