import { type CatalogType, getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { expect, test } from 'vitest'

const [catalogue] = await getCatalogs(getConfig({ configPath: 'apps/web/lingui.config.ts' }))
const found = Object.keys((await catalogue?.collect()) ?? {})
const of = async (language: string): Promise<CatalogType> => (await catalogue?.read(language)) ?? {}

test.each(['en', 'de', 'fr', 'ja', 'pseudo'])(
  'the catalogue %s has the texts of the source; `npm run words` brings it up to date',
  async (language) => {
    expect(Object.keys(await of(language)).toSorted()).toEqual(found.toSorted())
  },
)

/** What a text has put into it: `{name}`, and the elements `<0>`. */
const putIn = (text: string): string => [...new Set(text.match(/\{\w+|<\/?\d+\/?>/g))].toSorted().join(' ')

test.each(['de', 'fr', 'ja'])('what is put into a text is put into its translation in %s', async (language) => {
  const wrong = Object.values(await of(language)).filter(
    ({ message = '', translation = '' }) => translation !== '' && putIn(translation) !== putIn(message),
  )
  expect(wrong.map(({ translation }) => translation)).toEqual([])
})
