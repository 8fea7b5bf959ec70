import { expect, test } from 'vitest'
import { userSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import { inGroup, membersOf, namedIn } from './members.ts'

const user = (id: string, email: string): GatewayUser => ({
  id,
  email,
  state: 'enabled',
  flags: [],
  ownerId: null,
  storedBytes: null,
})

const USERS = userSnapshot(
  [
    user('u1', 'Ann@R.example'),
    user('u2', 'bob@sub.r.example'),
    user('u3', 'cy@other.example'),
    user('u4', 'CY@other.example'),
    user('u5', 'eve@notr.example'),
  ],
  false,
  { asOf: new Date(0), staleReason: null },
)
const GROUP = { domains: ['r.example'], userIds: new Set(['u3', 'gone']) }

test('a domain takes its own e-mails in any letter case, and neither those beneath it nor those that only end alike', () => {
  expect(USERS.users.filter((each) => inGroup(GROUP, each)).map(({ id }) => id)).toEqual(['u1', 'u3'])
})

test('the users of a group stand with how they belong, those who are gone too, and are searched', () => {
  const { items, matching } = membersOf(GROUP, USERS, {})
  expect(matching).toBe(3)
  expect(items).toEqual([
    { userId: 'u1', email: 'Ann@R.example', isAdded: false },
    { userId: 'u3', email: 'cy@other.example', isAdded: true },
    { userId: 'gone', email: null, isAdded: true },
  ])
  expect(membersOf(GROUP, USERS, { search: '@R.EX' }).items).toMatchObject([{ userId: 'u1' }])
  expect(membersOf(GROUP, USERS, { page: 2 })).toMatchObject({ items: [], matching: 3 })
})

test('who is added is named by id or by e-mail, and one who is not there is said', () => {
  expect(namedIn(USERS, { ids: ['u1'], emails: ['CY@OTHER.example'] }).map(({ id }) => id)).toEqual(['u1', 'u3', 'u4'])
  const refusal = (named: object) => {
    try {
      return namedIn(USERS, named)
    } catch (error) {
      return error
    }
  }
  expect(refusal({ ids: ['u1', 'u9'], emails: ['x@r.example'] })).toMatchObject({
    problem: {
      type: '/problems/request-invalid',
      errors: [
        { pointer: '/body/ids/1', detail: 'There is no user u9' },
        { pointer: '/body/emails/0', detail: 'There is no user x@r.example' },
      ],
    },
  })
  expect(refusal({})).toMatchObject({ problem: { type: '/problems/nothing-chosen' } })
})
