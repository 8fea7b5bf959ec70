import { NativeSelect } from '@mantine/core'
import { ROLES, type Role, roleNames } from '@ostor-console/shared/roles'

const CHOICES = roleNames.map((value) => ({ value, label: ROLES[value].title }))

/** One of the roles, with what it lets somebody do underneath. */
export function RoleSelect({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  return (
    <NativeSelect
      label="Role"
      description={ROLES[role].about}
      inputWrapperOrder={['label', 'input', 'description']}
      data={CHOICES}
      value={role}
      onChange={({ currentTarget }) => onChange(roleNames.find((each) => each === currentTarget.value) ?? role)}
    />
  )
}
