import { globSync, readFileSync } from 'node:fs'
import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ActionButton } from './action-button.tsx'

const drawn = (state: { busy?: boolean; isRefused?: boolean }) =>
  renderToStaticMarkup(
    <MantineProvider>
      <ActionButton {...state}>Save</ActionButton>
    </MantineProvider>,
  ).match(/<button[^>]*>/)?.[0]

test('a button keeps the focus and says so while what it began is under way', () => {
  expect(drawn({ busy: true })).toContain('aria-busy="true"')
  expect(drawn({ busy: true })).not.toMatch(/\sdisabled/)
  expect(drawn({})).not.toMatch(/aria-busy|disabled/)
})

test('a button that is refused can still be reached, and asked why', () => {
  expect(drawn({ isRefused: true })).toContain('aria-disabled="true"')
  expect(drawn({ isRefused: true })).not.toMatch(/\sdisabled/)
})

const LOADING = /^\s*loading$|\sloading(?:[=:]|\s*\/?>|\s+[\w-]+=)/

test('no button is given `loading`, with which the kit disables it and takes the focus away', () => {
  const src = new URL('../', import.meta.url).pathname
  const files = globSync('**/*.tsx', { cwd: src }).filter((file) => !file.endsWith('.test.tsx'))
  expect(files.length).toBeGreaterThan(200)
  const given = files.flatMap((file) =>
    readFileSync(`${src}${file}`, 'utf8')
      .split('\n')
      .flatMap((line, index) => (LOADING.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  )
  expect(given).toEqual([])
})

test.each([
  '<Button loading>',
  '<ActionIcon loading={busy} size="sm">',
  '  loading',
  '{...(busy && { loading: true })}',
])('and %s would be found', (line) => expect(line).toMatch(LOADING))
