import babel from '@lingui/cli/api/extractors/babel'
import { defineConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'
import { saidExtractor } from './said.ts'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'fr', 'ja', 'pseudo'],
  pseudoLocale: 'pseudo',
  catalogs: [
    { path: '<rootDir>/src/words/{locale}', include: ['<rootDir>/src'] },
    // What the server says is a catalogue of its own, so that no page waits for it.
    {
      path: '<rootDir>/src/words/server/{locale}',
      include: ['<rootDir>/../bff/src', '<rootDir>/../../packages/shared/src'],
      exclude: ['**/*.test.ts'],
    },
  ],
  extractors: [saidExtractor, babel],
  // Without places and in the order of the texts, a catalogue changes only where a text does.
  format: formatter({ origins: false, lineNumbers: false, printPlaceholdersInComments: false }),
  orderBy: 'message',
  // Every text is asked of one place, which speaks English until a catalogue is loaded.
  runtimeConfigModule: { i18n: ['#words', 'i18n'], Trans: ['#words/trans', 'Trans'] },
})
