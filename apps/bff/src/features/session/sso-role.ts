import { type Role, roleNames } from '@ostor-console/shared/roles'

export type GroupRoles = readonly (readonly [group: string, role: Role])[]

/** Of several roles the one with the most rights, which is how they are listed; `null` for who is in no group that counts. */
export const roleOf = (groups: readonly string[], roles: GroupRoles): Role | null => {
  const given = roles.filter(([group]) => groups.includes(group)).map(([, role]) => role)
  return roleNames.find((role) => given.includes(role)) ?? null
}
