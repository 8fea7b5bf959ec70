import { direction, i18n } from '../words/words.ts'

const LIKE_ENGLISH = ['pseudo', 'mirrored']

/** Of numbers, lists and ages: the language on the page. */
export const locale = (): string => (LIKE_ENGLISH.includes(i18n.locale) ? 'en' : i18n.locale)

/** Of dates, where English puts the day first. */
export const dateLocale = (): string => (locale() === 'en' ? 'en-GB' : locale())

/** Makes a formatter once for each language, because making it takes longer than using it a hundred times. */
export const inEach = <T>(make: (locale: string) => T): (() => T) => {
  const made = new Map<string, T>()
  return () => {
    const language = locale()
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}

const point = inEach((each) => new Intl.NumberFormat(each).formatToParts(0.5).find(({ type }) => type === 'decimal'))

/** What stands before the fraction of a number. */
export const decimalPoint = (): string => point()?.value ?? '.'

/** A name as it stands within a sentence: German keeps its capitals. */
export const midSentence = (name: string): string => (locale() === 'de' ? name : name.toLocaleLowerCase(locale()))

/** A figure with its unit or sign, which keeps its order within a text that is written from right to left. */
export const figure = (text: string): string => (direction() === 'rtl' ? `\u2066${text}\u2069` : text)
