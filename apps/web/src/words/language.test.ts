import { beforeAll, expect, test, vi } from 'vitest'
import { setPreferences } from '../format/preferences.ts'
import { keepLanguage, withWords } from './language.ts'
import { i18n } from './words.ts'

type Words = { messages: Record<string, string> }
const french = vi.hoisted(() => Promise.withResolvers<Words>())

vi.mock('./de.po', () => ({ messages: { first: 'zuerst' } }))
vi.mock('./de.po?rest', () => ({ messages: { rest: 'der Rest' } }))
vi.mock('./fr.po', () => french.promise)
vi.mock('./fr.po?rest', () => ({ messages: { rest: 'le reste' } }))
vi.mock('./ja.po', () => Promise.reject(new Error('not there')))
vi.mock('./ja.po?rest', () => Promise.reject(new Error('not there')))

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} })
  setPreferences({ language: 'de' })
  await keepLanguage()
})

test('the first words come alone', () => {
  expect(i18n._('first')).toBe('zuerst')
  expect(i18n._('rest')).toBe('rest')
})

test('what is loaded while another language is on its way waits for the rest of both', async () => {
  setPreferences({ language: 'fr' })
  expect(await withWords(Promise.resolve('a page'))).toBe('a page')
  expect(i18n._('rest')).toBe('der Rest')
  french.resolve({ messages: { first: "d'abord" } })
  await vi.waitFor(() => expect(i18n._('first')).toBe("d'abord"))
  expect(i18n._('rest')).toBe('le reste')
})

test('a language that does not come holds up nothing', async () => {
  setPreferences({ language: 'ja' })
  expect(await withWords(Promise.resolve('a page'))).toBe('a page')
  expect(i18n._('rest')).toBe('le reste')
})
