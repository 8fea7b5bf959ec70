import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'
import { templatesOf } from './server-templates.ts'

const PLAIN = { '.': '.', ':': ':', ';': ';', space: ' ' }
const JAPANESE = { '.': '。', ':': '：', ';': '；', space: '' }

const inWords = (sentences: Record<string, string>, signs = PLAIN) => {
  const entries = Object.entries(sentences)
  const english = Object.fromEntries(entries.map(([text], index) => [String(index), compileMessage(text)]))
  const translated = Object.fromEntries(entries.map(([, text], index) => [String(index), compileMessage(text)]))
  return templatesOf(english, translated, signs)
}

const textOf = (known: ReturnType<typeof inWords>, text: string): string | undefined =>
  known(text)
    ?.map(({ kind, text: piece }) => ({ words: piece, value: `‹${piece}›`, english: `[${piece}]` })[kind])
    .join('')

const GERMAN = inWords({
  'The user was deleted': 'Der Benutzer wurde gelöscht',
  'The user {0} has this e-mail': 'Diese Adresse hat der Benutzer {0}',
  'The user {0} has it as {1}': 'Als {1} hat sie der Benutzer {0}',
  'The {0} has this e-mail': 'Falsch {0}',
  'Ask an admin. Then go on.': 'Fragen Sie. Dann weiter.',
  'Ask an admin.': 'Fragen Sie.',
  'It lasts {0} s': 'Es dauert {0} s',
  'Is it user.* ({0})?': 'Ist es user.* ({0})?',
  'The answer cannot be read': 'Nicht lesbar',
  'it holds no limits (0)': 'ohne Limits (0)',
})

test.each([
  ['The user was deleted', 'Der Benutzer wurde gelöscht'],
  ['The user was deleted.', 'Der Benutzer wurde gelöscht.'],
  ['Ask an admin. Then go on.', 'Fragen Sie. Dann weiter.'],
  ['The user u-1 has this e-mail', 'Diese Adresse hat der Benutzer ‹u-1›'],
  ['Is it user.* (E+1)?', 'Ist es user.* (‹E+1›)?'],
  ['The user u-1 has it as a@b.c', 'Als ‹a@b.c› hat sie der Benutzer ‹u-1›'],
])('a sentence is told by its words: %s', (english, german) => {
  expect(textOf(GERMAN, english)).toBe(german)
})

test.each(['<b>$&</b>', '{0}', 'a\nb', '(.*)', String.raw`\u202e\d`, 'has this e-mail', 'x. y: z'])(
  'what is put in stands there as it is: %s',
  (value) => {
    expect(textOf(GERMAN, `The user ${value} has this e-mail`)).toBe(`Diese Adresse hat der Benutzer ‹${value}›`)
  },
)

test('of several templates that fit, the one with the most letters counts', () => {
  expect(textOf(GERMAN, 'The user a has this e-mail')).toBe('Diese Adresse hat der Benutzer ‹a›')
  expect(textOf(GERMAN, 'The client has this e-mail')).toBe('Falsch ‹client›')
})

test('sentences that stand one after the other are told one by one', () => {
  expect(textOf(GERMAN, 'It lasts 5 s. The user was deleted. Ask an admin.')).toBe(
    'Es dauert ‹5› s. Der Benutzer wurde gelöscht. Fragen Sie.',
  )
  expect(textOf(GERMAN, 'The answer cannot be read: it holds no limits (0)')).toBe('Nicht lesbar: ohne Limits (0)')
})

test('what nobody knows stays English, the whole or its part', () => {
  expect(GERMAN('Something else')).toBeNull()
  expect(GERMAN('')).toBeNull()
  expect(GERMAN('The user was deleted. '.repeat(30))).toBeNull()
  expect(textOf(GERMAN, 'The answer cannot be read: no luck')).toBe('Nicht lesbar: [no luck]')
})

test('a language has its own signs between sentences', () => {
  const japanese = inWords({ 'It failed': '失敗しました', 'Try again.': 'もう一度試してください。' }, JAPANESE)
  expect(textOf(japanese, 'It failed')).toBe('失敗しました')
  expect(textOf(japanese, 'It failed. Try again.')).toBe('失敗しました。もう一度試してください。')
  expect(textOf(japanese, 'It failed: Try again')).toBe('失敗しました：もう一度試してください')
})
