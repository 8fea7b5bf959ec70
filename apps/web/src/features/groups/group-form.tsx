import { useLingui } from '@lingui/react/macro'
import { Textarea, TextInput } from '@mantine/core'
import type { UserGroup } from '@ostor-console/shared/groups'
import { useState } from 'react'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useSaveGroup } from './groups.queries.ts'

type Props = { cluster: string; group: UserGroup | null; onClose: () => void }

/** Asks for the name of a group and for the domains of its rule; stays open with all that was typed when it does not work. */
export function GroupForm({ cluster, group, onClose }: Props) {
  const { t } = useLingui()
  const save = useSaveGroup(cluster, group?.id)
  const [name, setName] = useState(group?.name ?? '')
  const [rule, setRule] = useState(group?.domains.join('\n') ?? '')

  return (
    <FormDialog
      title={group ? t`Change ${group.name}` : t`New group of users`}
      label={group ? t`Save the group` : t`Make the group`}
      incomplete={name.trim() === ''}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ name: name.trim(), domains: domainsOf(rule) }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextInput
        label={t`Name`}
        description={t`As whoever is limited to it reads it, such as the name of a reseller.`}
        maxLength={64}
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Textarea
        label={t`E-mail domains`}
        description={t`Users with an e-mail of these domains belong to the group by themselves, also new ones. One on each line, such as reseller.example. Leave it empty to add users one by one.`}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={rule}
        onChange={({ currentTarget }) => setRule(currentTarget.value)}
      />
    </FormDialog>
  )
}

const domainsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .map((domain) => domain.replace(/^@/, '').toLowerCase())
      .filter((domain) => domain !== ''),
  ),
]
