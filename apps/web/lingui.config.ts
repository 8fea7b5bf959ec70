import { defineConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'fr', 'ja', 'pseudo'],
  pseudoLocale: 'pseudo',
  catalogs: [{ path: '<rootDir>/src/words/{locale}', include: ['<rootDir>/src'] }],
  // Without places and in the order of the texts, a catalogue changes only where a text does.
  format: formatter({ origins: false, lineNumbers: false, printPlaceholdersInComments: false }),
  orderBy: 'message',
  // Every text is asked of one place, which speaks English until a catalogue is loaded.
  runtimeConfigModule: { i18n: ['#words', 'i18n'], Trans: ['#words/trans', 'Trans'] },
})
