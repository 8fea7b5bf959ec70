import type { Messages } from '@lingui/core'
import type { Language } from '../format/preferences.ts'
import { onPreferences, preferences } from '../format/preferences.ts'
import { direction, i18n } from './words.ts'

type Catalogue = () => Promise<{ messages: Messages }>

const pseudo: Catalogue = () => import('./pseudo.po')
const CATALOGUES: Record<Exclude<Language, 'en'>, Catalogue> = {
  de: () => import('./de.po'),
  fr: () => import('./fr.po'),
  ja: () => import('./ja.po'),
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

const speak = async (): Promise<void> => {
  const { language } = preferences()
  if (language === i18n.locale) return
  const messages = language === 'en' ? {} : (await CATALOGUES[language]()).messages
  // Another one may have been chosen while this one was loaded.
  if (language !== preferences().language) return
  i18n.loadAndActivate({ locale: language, messages })
  document.documentElement.lang = language
  document.documentElement.dir = direction()
}

/** A catalogue that cannot be loaded leaves the page in the language that it had. */
const tryToSpeak = (): Promise<void> => speak().catch(() => undefined)

/** Resolves when the first picture can be drawn in the chosen language; follows the choice from then on. */
export const keepLanguage = (): Promise<void> => {
  onPreferences(() => void tryToSpeak())
  return tryToSpeak()
}
