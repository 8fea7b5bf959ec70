import { ROLES, roleNames, TOKEN_VERBS, VERBS, type Verb, whoMay } from '@ostor-console/shared/roles'
import { describe, expect, test } from 'vitest'
import { i18n } from '../words/words.ts'
import { ROLE_WORDS, VERB_WORDS, whoMayWords } from './role-words.ts'

const VERB_NAMES: Verb[] = [...TOKEN_VERBS, 'access.manage', 'group.manage']

describe('roles and verbs in words', () => {
  test('are in English those of the contract', () => {
    for (const role of roleNames) {
      expect(i18n._(ROLE_WORDS[role].title)).toBe(ROLES[role].title)
      expect(i18n._(ROLE_WORDS[role].about)).toBe(ROLES[role].about)
    }
    for (const verb of VERB_NAMES) expect(i18n._(VERB_WORDS[verb])).toBe(VERBS[verb])
  })

  test('list who may as the server does', () => {
    for (const verb of VERB_NAMES) expect(whoMayWords(verb)).toBe(whoMay(verb))
  })
})
