import type { Messages } from '@lingui/core'
import type { Language } from '../format/preferences.ts'
import { onPreferences, preferences } from '../format/preferences.ts'
import { direction, i18n } from './words.ts'

type Part = () => Promise<{ messages: Messages }>
/** What the sign-in, the frame and the users list say, and the rest. */
type Catalogue = { first: Part; rest: Part }

const pseudo: Catalogue = { first: () => import('./pseudo.po'), rest: () => import('./pseudo.po?rest') }
const CATALOGUES: Record<Exclude<Language, 'en'>, Catalogue> = {
  de: { first: () => import('./de.po'), rest: () => import('./de.po?rest') },
  fr: { first: () => import('./fr.po'), rest: () => import('./fr.po?rest') },
  ja: { first: () => import('./ja.po'), rest: () => import('./ja.po?rest') },
  pseudo,
  mirrored: pseudo,
}

/** What each language calls itself. */
export const LANGUAGES = [
  { language: 'en', name: 'English' },
  { language: 'de', name: 'Deutsch' },
  { language: 'fr', name: 'Français' },
  { language: 'ja', name: '日本語' },
] as const satisfies { language: Language; name: string }[]

/** The words of each language as far as they are loaded. The library speaks from the same object, so it knows of each part. */
const words: Record<Language, Messages> = { en: {}, de: {}, fr: {}, ja: {}, pseudo: {}, mirrored: {} }

const bring = async (language: Language, ...parts: (keyof Catalogue)[]): Promise<void> => {
  if (language === 'en') return
  const { [language]: catalogue } = CATALOGUES
  for (const { messages } of await Promise.all(parts.map((part) => catalogue[part]())))
    Object.assign(words[language], messages)
}

/** What the page speaks now. */
let spoken: Language = 'en'

const speak = async (...parts: (keyof Catalogue)[]): Promise<void> => {
  const { language } = preferences()
  if (language === spoken) return
  await bring(language, ...parts)
  // Another one may have been chosen while this one was loaded.
  if (language !== preferences().language) return
  spoken = language
  i18n.loadAndActivate({ locale: language, messages: words[language] })
  document.documentElement.lang = language
  document.documentElement.dir = direction()
}

let speaking = Promise.resolve()

/** A catalogue that cannot be loaded leaves the page in the language that it had. */
const tryToSpeak = (...parts: (keyof Catalogue)[]): Promise<void> => {
  speaking = speak(...parts).catch(() => undefined)
  return speaking
}

/** Resolves when the first picture can be drawn in the chosen language; follows the choice from then on. */
export const keepLanguage = (): Promise<void> => {
  onPreferences(() => void tryToSpeak('first', 'rest'))
  return tryToSpeak('first')
}

/** What is loaded after the first pages, once the words for it are there. The build puts it around each such import. */
export const withWords = async <Loaded>(loading: Promise<Loaded>): Promise<Loaded> => {
  const languages = new Set([spoken, preferences().language])
  const [loaded] = await Promise.all([loading, ...Array.from(languages, bringRest)])
  return loaded
}

/** Nothing waits for a language that is not spoken in the end. */
const bringRest = async (language: Language): Promise<void> => {
  try {
    await bring(language, 'rest')
  } catch (cause) {
    await speaking
    if (language === spoken) throw cause
  }
}
