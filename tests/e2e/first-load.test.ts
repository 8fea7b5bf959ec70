import { expect, test } from '@playwright/test'
import { builtFiles, UP_TO_LIST } from '../../apps/web/built-files.ts'

const MOST_BYTES = 220_000

const built = builtFiles('dist')

test('what is loaded for the sign-in and the users list is small in English', () => {
  expect(built.weigh(UP_TO_LIST).bytes).toBeLessThanOrEqual(MOST_BYTES)
})

for (const language of ['de', 'fr', 'ja']) {
  test(`what is loaded for the sign-in and the users list is small in ${language}`, () => {
    const first = `src/words/${language}.po`
    expect(built.fileOf(first)).toBeDefined()
    expect(built.weigh([...UP_TO_LIST, first]).bytes).toBeLessThanOrEqual(MOST_BYTES)
  })
}
