import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { testsIn } from './shown-by.ts'

const document = readFileSync(new URL('../../docs/bad-input.md', import.meta.url), 'utf8')

const rows = document.split('\n').flatMap((line) => {
  const [, number = '', end = ''] = /^\| B(\d+) \| .+ \| (.+) \|$/.exec(line) ?? []
  const [, file, title] = /^`(.+)` › (.+)$/.exec(end) ?? []
  return number === '' ? [] : [{ number: Number(number), end, file, title }]
})
const shown = rows.flatMap(({ number, file, title }) =>
  file === undefined || title === undefined ? [] : [{ number, file, title }],
)

describe('what the page of bad input says', () => {
  test('has each row of the catalogue once, with a test or the reason why there is none', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 103 }, (_, n) => n + 1))
    expect(rows.filter(({ file, end }) => file === undefined && !end.startsWith('— '))).toEqual([])
    // Whoever takes a test away says why here.
    expect(shown.length).toBeGreaterThanOrEqual(101)
  })

  test.each(shown)('B$number is shown by a test that exists', ({ file, title }) => {
    expect(testsIn(file)).toContain(`'${title}'`)
  })
})
