import { afterEach, describe, expect, test } from 'vitest'
import { i18n } from '../words/words.ts'
import { formatAge } from './ages.ts'
import { formatBytes } from './bytes.ts'
import { compactCount, formatCount, formatShare } from './counts.ts'
import { formatInstant, formatMonth, formatSpan } from './dates.ts'
import { midSentence } from './locale.ts'
import { formatMoney } from './money.ts'

const speak = (locale: string) => i18n.loadAndActivate({ locale, messages: {} })
/** Languages put different spaces between digits and before signs. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ')

afterEach(() => speak('en'))

const AT = '2026-11-01T14:30:05.000Z'

describe.each([
  {
    language: 'en',
    count: '1,234,567',
    bytes: '1.24 GiB',
    share: '12.3%',
    money: '1,234.50 EUR',
    instant: '1 Nov 2026, 14:30 UTC',
    month: 'Nov 2026',
    age: '2 days ago',
  },
  {
    language: 'de',
    count: '1.234.567',
    bytes: '1,24 GiB',
    share: '12,3 %',
    money: '1.234,50 EUR',
    instant: '1. Nov. 2026, 14:30 UTC',
    month: 'Nov. 2026',
    age: 'vorgestern',
  },
  {
    language: 'fr',
    count: '1 234 567',
    bytes: '1,24 GiB',
    share: '12,3 %',
    money: '1 234,50 EUR',
    instant: '1 nov. 2026, 14:30 UTC',
    month: 'nov. 2026',
    age: 'avant-hier',
  },
  {
    language: 'ja',
    count: '1,234,567',
    bytes: '1.24 GiB',
    share: '12.3%',
    money: '1,234.50 EUR',
    instant: '2026年11月1日 14:30 UTC',
    month: '2026年11月',
    age: '一昨日',
  },
])('in $language', ({ language, count, bytes, share, money, instant, month, age }) => {
  test('numbers, money and dates are written as people there write them', () => {
    speak(language)
    expect(plain(formatCount(1_234_567))).toBe(count)
    expect(formatBytes('1331439861', 'binary')).toBe(bytes)
    expect(plain(formatShare(0.123, '1'))).toBe(share)
    expect(plain(formatMoney('1234.50', 'EUR'))).toBe(money)
    expect(formatInstant(AT)).toBe(instant)
    expect(formatMonth(AT)).toBe(month)
    expect(formatAge(AT, new Date('2026-11-03T15:00:00.000Z'))).toBe(age)
  })

  test('midnight is known as such, and the day is the last one that is inside', () => {
    speak(language)
    expect(formatSpan('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z')).not.toContain('–')
  })

  test('what rounds up to the next unit is that unit', () => {
    speak(language)
    expect(formatBytes(String(1024 ** 2 - 1), 'binary')).toBe('1 MiB')
  })
})

test('the languages of the tests write figures as English does, and keep their order from right to left', () => {
  speak('mirrored')
  expect(compactCount(1_234_567)).toBe('1.23M')
  expect(formatBytes('1024', 'binary')).toBe('\u20661 KiB\u2069')
  expect(formatInstant(AT)).toBe('1 Nov 2026, 14:30 UTC')
})

test('a name within a sentence is small, but for German', () => {
  expect(midSentence('Data in')).toBe('data in')
  speak('de')
  expect(midSentence('Daten')).toBe('Daten')
})
