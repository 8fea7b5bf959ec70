import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { testsIn } from './shown-by.ts'

const document = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')

/** Chapter and section, and the requirements of it that concern the console; a section alone is one about documents. */
const ASVS = `1.2 2 4 10 | 1.3 6 12 | 1.4 2 | 1.5 1 3 | 2.2 1 2 3 | 2.3 2 3 4 5 | 2.4 1 | 3.2 1 2 | 3.3 1 2 3 4 |
  3.4 1 2 3 4 5 6 7 8 | 3.5 1 2 3 8 | 4.1 1 3 4 | 4.2 1 | 5.4 1 2 | 6.2 1 4 5 8 9 12 | 6.3 1 2 3 8 | 6.4 1 | 6.5 1 5 |
  6.8 1 2 | 7.2 1 3 4 | 7.3 1 2 | 7.4 1 2 3 5 | 7.5 1 2 3 | 8.2 1 2 3 | 8.3 1 2 3 | 10.1 1 2 | 10.2 1 | 10.5 1 2 3 4 |
  11.2 4 | 11.3 2 3 4 | 11.4 2 | 11.5 1 | 12.1 1 | 12.3 1 2 4 | 13.2 4 5 6 | 13.3 1 2 | 13.4 2 5 6 | 14.2 1 2 6 |
  14.3 1 2 3 | 15.1 2 | 15.2 1 | 15.3 1 2 3 4 5 6 7 | 15.4 2 | 16.2 1 5 | 16.3 1 2 4 | 16.4 1 2 3 | 16.5 1 2 3 4 |
  2.1 | 6.1 | 7.1 | 8.1 | 11.1 | 13.1 | 14.1 | 15.1 | 16.1 1`
  .split('|')
  .flatMap((section) => {
    const [chapter = '', ...numbers] = section.trim().split(/\s+/)
    return numbers.length === 0 ? [chapter] : numbers.map((number) => `${chapter}.${number}`)
  })

/** The first and the last cell of each row of a section. */
const rowsOf = (title: string) => {
  const [, section = ''] = document.split(`\n## ${title}\n`)
  const [text = ''] = section.split('\n## ')
  return text.split('\n').flatMap((line) => {
    const [, id = '', end = ''] = /^\| ([^|]+) \| .+ \| (.+) \|$/.exec(line) ?? []
    return end === '' || end === 'Shown by' ? [] : [{ id, end }]
  })
}

const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`)
const ids = (title: string) => rowsOf(title).map(({ id }) => id)

const all = ['What was measured in the framework', 'OWASP ASVS 5.0.0', 'Published holes of consoles like this']
  .concat('Ways to abuse it')
  .flatMap(rowsOf)

const shown = all.flatMap(({ id, end }) =>
  [...end.matchAll(/`([^`]+\.test\.ts)` › (.+?)(?= · `|$)/g)].map(([, file = '', title = '']) => ({ id, file, title })),
)

describe('what the page of security says', () => {
  test('has a row for each measured fact, requirement, hole and abuse', () => {
    expect(ids('What was measured in the framework')).toEqual(numbered('M', 29))
    expect(ids('OWASP ASVS 5.0.0')).toEqual(ASVS)
    expect(ids('Ways to abuse it')).toEqual(numbered('', 33))
    expect(ids('Published holes of consoles like this')).toHaveLength(29)
  })

  test('names a test in each row, or says the decision, or that it is not met', () => {
    const known = new Set(shown.map(({ id }) => id))
    expect(all.filter(({ id, end }) => !known.has(id) && !/^(— |not met( yet)?: )/.test(end))).toEqual([])
    // Whoever adds to these says why here: 15.2.1 is about what people do each day, 6.2.12 has an answer now, and that of undici named a test that showed something else.
    expect(all.filter(({ end }) => end.startsWith('— ')).length).toBeLessThanOrEqual(26)
    expect(all.filter(({ end }) => end.startsWith('not met')).length).toBeLessThanOrEqual(12)
  })

  test.each(shown)('$id is shown by a test that exists: $title', ({ file, title }) => {
    expect(testsIn(file)).toContain(`'${title}'`)
  })
})
