import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { generateMessageId } from '@lingui/message-utils/generateMessageId'
import type { Plugin } from 'vite'
import { FIRST_ROOTS, firstModules } from './first-files.ts'
import { importsIn, literalsIn, textsIn, withCuts } from './syntax.ts'
import { configPath } from './words.ts'

const SOURCE = /apps[/]web[/]src[/].+[.]tsx?$/
/** Those of the pages; what the server says is loaded by itself. */
const CATALOGUE = /apps[/]web[/]src[/]words[/][a-z]+[.]po$/
const LANGUAGE = fileURLToPath(new URL('src/words/language.ts', import.meta.url))

/** Short names of the texts, and which of them each file says. */
type Names = { short: Map<string, string>; said: Map<string, string[]> }

/** What a build makes of the texts and the catalogues: as little as possible before the first picture. */
export const wordsOfBuild = (): Plugin[] => {
  const names: Names = { short: new Map(), said: new Map() }
  return [englishInParts(names), cataloguesInParts(names), laterWithWords()]
}

/**
 * Turns each English text in the source into its parts, as the compiler of the catalogues does with theirs: the browser
 * then needs no parser of messages, and no catalogue for English. Its name is a number, a third of what the macros give it.
 */
const englishInParts = ({ short, said }: Names): Plugin => ({
  name: 'english-in-parts',
  apply: 'build',
  async buildStart() {
    const [catalogue] = await getCatalogs(getConfig({ configPath }))
    for (const [id, { message = '', context }] of Object.entries((await catalogue?.read('en')) ?? {}))
      if (id === generateMessageId(message, context)) short.set(id, short.size.toString(36))
  },
  transform: {
    order: 'post',
    filter: { id: SOURCE, code: /\bmessage\b/ },
    handler(code, file) {
      const found = textsIn(this.parse(code)).map((text) => ({
        ...text,
        name: short.get(text.id.value) ?? text.id.value,
      }))
      said.set(
        file,
        found.map(({ name }) => name),
      )
      const cuts = found.flatMap(({ id, message, name }) => [
        { ...id, by: JSON.stringify(name) },
        { ...message, by: JSON.stringify(compileMessage(message.value)) },
      ])
      return { code: withCuts(code, cuts), map: null }
    },
  },
})

/**
 * Takes each catalogue apart: what the way to the users list says, and the rest. What no file says is a title that the
 * server chooses, and anything can go wrong at any time: it is with the first.
 */
const cataloguesInParts = ({ short, said }: Names): Plugin => {
  const catalogues = new Map<string, [name: string, text: unknown][]>()
  return {
    name: 'catalogues-in-parts',
    apply: 'build',
    transform: {
      order: 'post',
      filter: { id: CATALOGUE },
      handler(code, file) {
        const [compiled] = literalsIn(this.parse(code))
        const texts: Record<string, unknown> = JSON.parse(compiled?.value ?? '')
        catalogues.set(
          file,
          Object.entries(texts).map(([id, text]) => [short.get(id) ?? id, text]),
        )
      },
    },
    renderChunk(_, { facadeModuleId }) {
      const [file = '', isRest] = facadeModuleId?.split('?') ?? []
      const texts = catalogues.get(file)
      if (!texts) return null
      const first = firstModules(this)
      const early = new Set([...said].flatMap(([module, names]) => (first.has(module) ? names : [])))
      const late = new Set([...said].flatMap(([, names]) => names.filter((name) => !early.has(name))))
      const part = texts.filter(([name]) => late.has(name) === (isRest !== undefined))
      const json = JSON.stringify(Object.fromEntries(part))
      return { code: `export const messages = JSON.parse(${JSON.stringify(json)})`, map: null }
    },
  }
}

/** Lets every file that is loaded later wait for the rest of the words, so that no page has to think of it. */
const laterWithWords = (): Plugin => ({
  name: 'later-with-words',
  apply: 'build',
  transform: {
    order: 'post',
    filter: { id: SOURCE, code: /\bimport\(/ },
    handler(code, file) {
      // What loads words waits for no others.
      if (dirname(file) === dirname(LANGUAGE)) return null
      const cuts = importsIn(this.parse(code))
        .filter(({ source: { value } }) => value.startsWith('.') && !/[.]po\b/.test(value))
        .filter(({ source }) => !FIRST_ROOTS.has(resolve(dirname(file), source.value)))
        .map(({ start, end }) => ({ start, end, by: `withWords(${code.slice(start, end)})` }))
      if (cuts.length === 0) return null
      const taken = `import { withWords } from ${JSON.stringify(LANGUAGE)};`
      return { code: taken + withCuts(code, cuts), map: null }
    },
  },
})
