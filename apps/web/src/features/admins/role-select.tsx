import { useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { type Role, roleNames } from '@ostor-console/shared/roles'
import { ROLE_WORDS } from '../../api/role-words.ts'

/** One of the roles, with what it lets somebody do underneath. */
export function RoleSelect({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const { t } = useLingui()
  return (
    <NativeSelect
      label={t`Role`}
      description={t(ROLE_WORDS[role].about)}
      inputWrapperOrder={['label', 'input', 'description']}
      data={roleNames.map((value) => ({ value, label: t(ROLE_WORDS[value].title) }))}
      value={role}
      onChange={({ currentTarget }) => onChange(roleNames.find((each) => each === currentTarget.value) ?? role)}
    />
  )
}
