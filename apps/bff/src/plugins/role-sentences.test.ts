import { VERBS } from '@ostor-console/shared/roles'
import { expect, test } from 'vitest'
import { takes } from './role-sentences.ts'

test.each(Object.keys(VERBS) as (keyof typeof VERBS)[])('there is a sentence for who may %s', (verb) => {
  expect(takes(verb)).toMatch(/^this takes Admin/)
})
