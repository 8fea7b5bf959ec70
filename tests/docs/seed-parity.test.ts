import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const [ours = '', whmcs = ''] = readFileSync(new URL('docs/seed-parity.md', root), 'utf8').split('## WHMCS')

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
  const rows = cellsOf(ours)

  test('has rows, and none is empty but those of WHMCS', () => {
    expect(rows.length).toBeGreaterThan(45)
    expect(rows.filter((cells) => cells.some((cell) => cell === ''))).toEqual([])
    expect(cellsOf(whmcs)).toHaveLength(4)
  })

  test.each(rows)('%s is shown by a browser test that exists', (...cells) => {
    const [, file = '', title = ''] = NAMED.exec(cells.at(-1) ?? '') ?? []
    const source = readFileSync(new URL(`tests/e2e/${file}.test.ts`, root), 'utf8')
    expect(source).toContain(`test('${title}'`)
  })
})
