import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const [links = '', wrong = ''] = readFileSync(new URL('docs/seed-parity.md', root), 'utf8').split('## What was wrong')

const cellsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first]) => first !== 'PHP pages' && first !== 'Console')

const NAMED = /^`([a-z-]+)` › (.+)$/

describe('the seed-parity table', () => {
  const rows = cellsOf(links)

  test('has rows, and none is empty', () => {
    expect(rows.length).toBeGreaterThan(49)
    expect(rows.filter((cells) => cells.some((cell) => cell === ''))).toEqual([])
  })

  test.each(rows)('%s is shown by a browser test that exists', (...cells) => {
    const [, file = '', title = ''] = NAMED.exec(cells.at(-1) ?? '') ?? []
    const source = readFileSync(new URL(`tests/e2e/${file}.test.ts`, root), 'utf8')
    expect(source).toContain(`test('${title}'`)
  })
})

const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`)
/** What tests are called that begin with such numbers. */
const titles = globSync(['{apps,packages}/**/*.test.ts', 'tests/**/*.test.ts'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
}).flatMap((file) =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(/\(\s*'((?:(?:[DW]|acceptance )\d+: )+)/g)].map(
    ([, numbers = '']) => numbers,
  ),
)

describe('what was wrong with the PHP pages, and what the connector has to do', () => {
  test('is all said', () => {
    expect(cellsOf(wrong).map(([id]) => id)).toEqual(['Number', ...numbered('D', 14), ...numbered('W', 19)])
  })

  test.each([...numbered('D', 14), ...numbered('W', 19), ...numbered('acceptance ', 17)])('%s has a test', (id) => {
    expect(titles.filter((numbers) => numbers.includes(`${id}: `))).not.toEqual([])
  })
})
