import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'
import { templatesOf } from './server-templates.ts'

const [, server] = await getCatalogs(getConfig({ configPath: 'apps/web/lingui.config.ts' }))
const SIGNS = { '.': '.', ':': ':', ';': ';', space: ' ' }

/** Each text of the server with the template that it is made of, by the number of the template. */
const catalogue = Object.values((await server?.read('de')) ?? {})
const sentences = catalogue.map(({ message = '' }) => message)
const compiled = (texts: string[]) =>
  Object.fromEntries(texts.map((text, index) => [String(index), compileMessage(text)]))
const numbered = templatesOf(compiled(sentences), compiled(sentences.map((text, index) => `${index}: ${text}`)), SIGNS)

const foundWith = (value: string, among: string[]) =>
  among.filter((sentence) => {
    const pieces = numbered(sentence.replace(/\{\d\}/g, value)) ?? []
    const isWhole = pieces.every(({ kind, text }) => kind !== 'value' || text === value)
    return isWhole && Number(pieces[0]?.text.split(':')[0]) === sentences.indexOf(sentence)
  })

test.each(['u-1', 'a@customer.example', '5', 'GET'])('each sentence is found again with %s in it', (value) => {
  expect(sentences.length).toBeGreaterThan(500)
  expect(foundWith(value, sentences)).toEqual(sentences)
})

test.each(['Vienna 2', 'a, b, and c'])('and with a name of several words, which stays whole: %s', (value) => {
  // A number with its unit, and two times.
  const withNames = sentences.filter((sentence) => !/\{\d\} (and )?\{\d\}/.test(sentence))
  expect(foundWith(value, withNames)).toEqual(withNames)
})
