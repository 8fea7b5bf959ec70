import type { Messages } from '@lingui/core'
import { useLingui } from '@lingui/react'
import { useEffect, useSyncExternalStore } from 'react'
import { idle } from '../ui/idle.ts'
import type { Piece, Signs } from './server-parts.ts'

type Catalogue = () => Promise<{ messages: Messages }>
type InWords = (text: string) => Piece[] | null

const pseudo: Catalogue = () => import('./server/pseudo.po')
const CATALOGUES = new Map<string, Catalogue>([
  ['de', () => import('./server/de.po')],
  ['fr', () => import('./server/fr.po')],
  ['ja', () => import('./server/ja.po')],
  ['pseudo', pseudo],
  ['mirrored', pseudo],
])

const PLAIN: Signs = { '.': '.', ':': ':', ';': ';', space: ' ' }
const SIGNS: Record<string, Signs> = {
  fr: { ...PLAIN, ':': ' :', ';': ' ;' },
  ja: { '.': '。', ':': '：', ';': '；', space: '' },
}

const known = new Map<string, InWords>()
const underWay = new Map<string, Promise<void>>()
const listeners = new Set<() => void>()

const load = async (language: string, catalogue: Catalogue): Promise<void> => {
  const [{ templatesOf }, { messages: inEnglish }, { messages }] = await Promise.all([
    import('./server-templates.ts'),
    import('./server/en.po'),
    catalogue(),
  ])
  known.set(language, templatesOf(inEnglish, messages, SIGNS[language] ?? PLAIN))
  for (const listener of listeners) listener()
}

/** Once for each language; one that could not be loaded is tried again with the next sentence. */
const ask = (language: string, catalogue: Catalogue): void => {
  if (underWay.has(language)) return
  underWay.set(
    language,
    load(language, catalogue).catch(() => void underWay.delete(language)),
  )
}

const english: InWords = () => null
/** What asks for its catalogue when there is a sentence to be said. */
const asking = new Map(
  [...CATALOGUES].map(([language, catalogue]): [string, InWords] => [
    language,
    () => {
      ask(language, catalogue)
      return null
    },
  ]),
)

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the server says in English, in the language of the page: nothing until its catalogue is there. */
export const useServerWords = (): InWords => {
  const { i18n } = useLingui()
  const language = i18n.locale
  return useSyncExternalStore(
    listen,
    () => known.get(language) ?? asking.get(language) ?? english,
    () => english,
  )
}

/** Has the catalogue come before the first sentence does, since one that changes its language would be read out twice. */
export const useServerWordsAhead = (): void => {
  const { i18n } = useLingui()
  const language = i18n.locale
  useEffect(() => {
    const catalogue = CATALOGUES.get(language)
    if (catalogue) void idle().then(() => ask(language, catalogue))
  }, [language])
}

/** The same as plain text, for what is no place of an element. */
export const useServerText = (): ((text: string) => string) => {
  const inWords = useServerWords()
  return (text) =>
    inWords(text)
      ?.map((piece) => piece.text)
      .join('') ?? text
}
