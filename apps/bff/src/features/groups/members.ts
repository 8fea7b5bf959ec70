import type { GroupMember } from '@ostor-console/shared/groups'
import { type FieldError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import type { GroupOfUsers } from '../../adapters/store/groups.ts'
import { holds } from '../../lists/scope.ts'

const ON_A_PAGE = 50
const MOST_SAID = 20

type Group = Pick<GroupOfUsers, 'userIds' | 'domains'>
type Query = { page?: number | undefined; search?: string | undefined }
type Named = { ids?: string[] | undefined; emails?: string[] | undefined }

export const inGroup = ({ userIds, domains }: Group, user: Pick<GatewayUser, 'id' | 'email'>): boolean =>
  holds({ userIds, endings: domains.map((domain) => `@${domain}`) }, user)

/** One page of the users of a group by e-mail, and of those who were added and are gone. */
export const membersOf = (group: Group, users: UserSnapshot, { page = 1, search = '' }: Query) => {
  const there = users.users.filter((user) => inGroup(group, user)).map((user) => memberOf(group, user))
  const gone = [...group.userIds].filter((id) => !users.byId.has(id)).map((id) => memberOf(group, { id, email: null }))
  const wanted = search.trim().toLowerCase()
  const found = [...there, ...gone]
    .filter(({ userId, email }) => `${email ?? ''}\n${userId}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => order(a).localeCompare(order(b), 'en'))
  const from = (page - 1) * ON_A_PAGE
  return { items: found.slice(from, from + ON_A_PAGE), page, pageSize: ON_A_PAGE, matching: found.length }
}

const memberOf = ({ userIds }: Group, { id, email }: { id: string; email: string | null }): GroupMember => ({
  userId: id,
  email,
  isAdded: userIds.has(id),
})

const order = ({ email, userId }: GroupMember): string => email ?? userId

/** Everybody who is named. Throws `request-invalid`, with each that is not there, and `nothing-chosen`. */
export const namedIn = ({ byId, byEmail }: UserSnapshot, { ids = [], emails = [] }: Named): GatewayUser[] => {
  const lists = [
    ...ids.map((id, index) => found('ids', index, id, [byId.get(id) ?? []].flat())),
    ...emails.map((email, index) => found('emails', index, email, byEmail.get(email.toLowerCase()) ?? [])),
  ]
  const errors = lists.flatMap(({ error }) => error ?? [])
  if (errors.length > 0) throw problem('request-invalid', { errors: errors.slice(0, MOST_SAID) })
  const users = lists.flatMap((list) => list.users)
  if (users.length === 0) throw problem('nothing-chosen', { detail: said`Name at least one user` })
  return [...new Set(users)]
}

const found = (list: 'ids' | 'emails', index: number, name: string, users: readonly GatewayUser[]) => {
  const error: FieldError = {
    pointer: `/body/${list}/${index}`,
    code: 'user_not_found',
    detail: said`There is no user ${name}`,
  }
  return { users, error: users.length === 0 ? error : null }
}
