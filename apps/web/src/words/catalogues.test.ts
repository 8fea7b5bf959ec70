import { type CatalogType, getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'

const [console, server] = await getCatalogs(getConfig({ configPath: 'apps/web/lingui.config.ts' }))

describe.each([
  { whose: 'of the console', catalogue: console },
  { whose: 'of the server', catalogue: server },
])('the texts $whose', async ({ catalogue }) => {
  const found = Object.keys((await catalogue?.collect()) ?? {})
  const of = async (language: string): Promise<CatalogType> => (await catalogue?.read(language)) ?? {}

  test('are there at all', () => {
    expect(found.length).toBeGreaterThan(100)
  })

  test.each(['en', 'de', 'fr', 'ja', 'pseudo'])(
    'the catalogue %s has the texts of the source; `npm run words` brings it up to date',
    async (language) => {
      expect(Object.keys(await of(language)).toSorted()).toEqual(found.toSorted())
    },
  )

  test.each(['de', 'fr', 'ja'])('what is put into a text is put into its translation in %s', async (language) => {
    const wrong = Object.values(await of(language)).filter(
      ({ message = '', translation = '' }) => translation !== '' && putIn(translation).join() !== putIn(message).join(),
    )
    expect(wrong.map(({ translation }) => translation)).toEqual([])
  })

  test.each(['de', 'fr', 'ja'])('the catalogue %s lacks no translation', async (language) => {
    const lacking = Object.values(await of(language)).filter(({ translation = '' }) => translation === '')
    expect(lacking.map(({ message }) => message)).toEqual([])
  })
})

test.each(['de', 'fr', 'ja'])('a problem has one title in %s, wherever it is said', async (language) => {
  const [titles = {}, inEnglish = {}] = [await console?.read(language), await console?.read('en')]
  const said = Object.values((await server?.read(language)) ?? {})
  const other = Object.entries(titles).filter(([id, { translation }]) => {
    const twin = said.find(({ message }) => id.startsWith('/problems/') && message === inEnglish[id]?.translation)
    return twin !== undefined && twin.translation !== translation
  })
  expect(other.map(([id]) => id)).toEqual([])
})

/** What a text has put into it: `{name}`, also within a choice of forms, and the elements `<0>`. */
const putIn = (text: string): string[] => {
  const names = (part: unknown): string[] => {
    if (typeof part === 'string') return part.match(/<\/?\d+\/?>/g) ?? []
    if (!Array.isArray(part)) return []
    const [name, , forms] = part
    return [
      `{${name}}`,
      ...Object.values(forms ?? {}).flatMap((form) => (Array.isArray(form) ? form.flatMap(names) : names(form))),
    ]
  }
  return [...new Set(compileMessageOrThrow(text).flatMap(names))].toSorted()
}
