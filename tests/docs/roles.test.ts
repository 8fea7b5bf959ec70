import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { may, ROLES, roleNames, SCOPES, VERBS, type Verb } from '@ostor-console/shared/roles'
import { expect, test } from 'vitest'

const page = readFileSync(fileURLToPath(new URL('../../docs/roles.md', import.meta.url)), 'utf8')
const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)

test('the page of the roles says what the server goes by', () => {
  const rows = Object.keys(VERBS)
    .filter(isVerb)
    .map(
      (verb) =>
        `| ${VERBS[verb]} | \`${verb}\` | ${roleNames.map((role) => (may(role, verb) ? '✓' : '–')).join(' | ')} |`,
    )
  expect(page.split('\n').filter((line) => / \| `[a-z]+\.[a-z]+` \| /.test(line))).toEqual(rows)
  for (const role of roleNames) expect(page).toContain(`**${ROLES[role].title}**: ${ROLES[role].about}`)
})

test('the page of the roles says of each scope of a route what it is to whoever is limited', () => {
  const rows = Object.entries(SCOPES).map(([scope, about]) => `| ${about} | \`${scope}\` | `)
  const said = page.split('\n').filter((line) => / \| `[a-z-]+` \| [A-Z]/.test(line))
  expect(said.map((line, index) => line.startsWith(rows[index] ?? ' '))).toEqual(rows.map(() => true))
})
