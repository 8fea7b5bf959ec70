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

test.each(['u-1', 'a@customer.example', '5', 'GET'])('each sentence is found again with %s in it', (value) => {
  const found = sentences.map((sentence, index) => {
    const pieces = numbered(sentence.replace(/\{\d\}/g, value)) ?? []
    return { sentence, number: Number(pieces[0]?.text.split(':')[0]), index }
  })
  expect(found.length).toBeGreaterThan(500)
  expect(found.filter(({ number, index }) => number !== index).map(({ sentence }) => sentence)).toEqual([])
})
