import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import type { Role } from '@ostor-console/shared/roles'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
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

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (email.trim() !== '' && limit?.length !== 0)
      invite.mutate({ email: email.trim(), role, ...(limit && { limitedTo: limit }) })
  }

  return (
    <Dialog title={t`Invite somebody`} onClose={invite.isPending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
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
          {invite.error && <ProblemAlert error={invite.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={invite.isPending}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={invite.isPending} disabled={email.trim() === '' || limit?.length === 0}>
              <Trans>Make the link</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
