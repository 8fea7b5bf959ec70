import { PROBLEMS } from '@ostor-console/shared/problem'
import { expect, test } from 'vitest'
import { TITLES } from './problem-titles.ts'

test('the catalogues have a title for every kind of problem, and the English one is that of the server', () => {
  const titles = TITLES.map(({ id, message }) => [id, message])
  expect(titles).toEqual(Object.entries(PROBLEMS).map(([kind, { title }]) => [`/problems/${kind}`, title]))
})
