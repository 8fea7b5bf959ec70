import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const document = readFileSync(`${root}docs/gateway-wire.md`, 'utf8')
const sources = new Map(
  globSync(['apps/bff/src/**/*.test.ts', 'tests/e2e/*.test.ts'], { cwd: root }).map((file) => [
    `${file.startsWith('tests/e2e/') ? 'e2e/' : ''}${basename(file, '.test.ts')}`,
    readFileSync(`${root}${file}`, 'utf8'),
  ]),
)

const NAMED = /^\| (.+?) \| .+ \| `([a-z0-9./-]+)` › (.+) \|$/gm
const rows = [...document.matchAll(NAMED)].map(([, topic = '', file = '', title = '']) => ({ topic, file, title }))

describe('what the page of the wire says', () => {
  test('has a row for each contradiction of the documents, and a test for each row', () => {
    const [, table = ''] = document.split('| Topic | Reading | Shown by |')
    const all = table.match(/^\| /gm)?.length
    expect(all).toBeGreaterThanOrEqual(24)
    expect(rows.length).toBe(all)
  })

  test.each(rows)('$topic is shown by a test that exists', ({ file, title }) => {
    expect(sources.get(file)).toContain(`'${title}'`)
  })
})
