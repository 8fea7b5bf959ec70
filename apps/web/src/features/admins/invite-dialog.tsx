import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import type { Role } from '@ostor-console/shared/roles'
import { useState } from 'react'
import { FormDialog } from '../../ui/form-dialog.tsx'
import type { useInvite } from './admins.queries.ts'
import { LimitChoice, type LimitDraft } from './limit-choice.tsx'
import { RoleSelect } from './role-select.tsx'

/** Asks whom to invite, and as what; stays open with all that was typed when it does not work. */
export function InviteDialog({ invite, onClose }: { invite: ReturnType<typeof useInvite>; onClose: () => void }) {
  const { t } = useLingui()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [draft, setDraft] = useState<LimitDraft>(null)
  const limit = role === 'admin' ? null : draft

  const submit = () => {
    invite.mutate({ email: email.trim(), role, ...(limit && { limitedTo: limit }) })
  }

  return (
    <FormDialog
      title={t`Invite somebody`}
      label={t`Make the link`}
      incomplete={email.trim() === '' || limit?.length === 0}
      pending={invite.isPending}
      error={invite.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t`E-mail`}
        description={t`With which they sign in. The console sends no mail: you get a link to hand over.`}
        type="email"
        autoComplete="off"
        data-autofocus
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <RoleSelect role={role} onChange={setRole} />
      {role !== 'admin' && <LimitChoice draft={draft} onChange={setDraft} />}
    </FormDialog>
  )
}
