import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../../apps/bff/src/settings.ts'
import { settingsTable } from '../../scripts/settings-table.ts'

const root = new URL('../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

const OUR_PATH = /`((?:apps|packages|tests|scripts|docs)\/[^`\s<>*…]+)`/g
const LINK = /\]\((?!https?:)([^)#]+)/g

describe.each(documents)('%s', (document) => {
  const text = read(document)

  test('names no file that does not exist', () => {
    const named = [...text.matchAll(OUR_PATH)].map(([, path = '']) => path)
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
  })

  test('links to nothing that does not exist', () => {
    const base = new URL(document, root)
    const linked = [...text.matchAll(LINK)].map(([, path = '']) => path)
    expect(linked.filter((path) => !existsSync(new URL(path, base)))).toEqual([])
  })
})

test('the settings table of the README is the one that the program reads', () => {
  const [, shown] = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(read('README.md')) ?? []
  expect(shown).toBe(settingsTable(SETTINGS))
})
