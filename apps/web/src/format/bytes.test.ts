import { describe, expect, test } from 'vitest'
import { byteUnit, exactBytes, formatBytes } from './bytes.ts'

describe('bytes for people', () => {
  test.each([
    ['0', '0 B'],
    ['1', '1 B'],
    ['1023', '1023 B'],
    ['1024', '1 KiB'],
    ['1536', '1.5 KiB'],
    ['1048575', '1 MiB'],
    ['1048576', '1 MiB'],
    ['1331439861', '1.24 GiB'],
    ['107374182400', '100 GiB'],
  ])('%s is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test('a value past 2^53 keeps its digits', () => {
    expect(exactBytes('9007199254740993')).toBe('9,007,199,254,740,993 bytes')
    expect(formatBytes('18446744073709551615')).toBe('16 EiB')
  })

  test('one byte is not "bytes"', () => {
    expect(exactBytes('1')).toBe('1 byte')
  })

  test('decimal units count in thousands', () => {
    expect(formatBytes('1500000000', 'decimal')).toBe('1.5 GB')
    expect(formatBytes('999999', 'decimal')).toBe('1 MB')
  })

  test('an axis is scaled by the largest unit that fits', () => {
    expect(byteUnit(0)).toBe(1)
    expect(byteUnit(5000)).toBe(1024)
    expect(byteUnit(3 * 1024 ** 3)).toBe(1024 ** 3)
  })
})
