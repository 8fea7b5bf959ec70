import type { Person } from '@ostor-console/shared/admins'
import type { Role } from '@ostor-console/shared/roles'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import {
  useEndSessionsOf,
  useRemoveSecondStepOf,
  useResetPassword,
  useSetEnabled,
  useSetRole,
} from './admins.queries.ts'
import { LimitDialog } from './limit-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { RoleSelect } from './role-select.tsx'
import { countOf, hasSecondStep } from './sign-in-words.ts'

type Props = { person: Person; onClose: () => void }
export type PersonAction = keyof typeof PERSON_DIALOGS

function RoleDialog({ person, onClose }: Props) {
  const [role, setRole] = useState<Role>(person.role)
  const change = useSetRole(person)
  return (
    <ConfirmDialog
      title={`Role of ${person.email}`}
      confirmLabel="Change the role"
      incomplete={role === person.role}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(role, { onSuccess: onClose })}
      onClose={onClose}
    >
      <RoleSelect role={role} onChange={setRole} />
      <p>They are signed out everywhere, and sign in again with the new role.</p>
    </ConfirmDialog>
  )
}

function StateDialog({ person, onClose }: Props) {
  const disables = person.state !== 'disabled'
  const change = useSetEnabled(person)
  return (
    <ConfirmDialog
      title={disables ? `Disable ${person.email}` : `Enable ${person.email}`}
      confirmLabel={disables ? 'Disable' : 'Enable'}
      danger={disables}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(!disables, { onSuccess: onClose })}
      onClose={onClose}
    >
      {disables
        ? 'They are signed out everywhere and cannot sign in until somebody enables them again. What they did stays in the audit.'
        : 'They can sign in again with the password that they had.'}
    </ConfirmDialog>
  )
}

function ResetDialog({ person, onClose }: Props) {
  const reset = useResetPassword(person)
  if (reset.data) return <LinkDialog made={reset.data} title="The link is made" onClose={onClose} />
  return (
    <ConfirmDialog
      title={`New link for ${person.email}`}
      confirmLabel="Make the link"
      danger={person.state === 'active'}
      pending={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate(undefined)}
      onClose={onClose}
    >
      {person.state === 'active'
        ? `Their password and their API tokens stop working at once, and they are signed out everywhere. With the link they choose another.${hasSecondStep(person) ? ' App and passkeys stay and are asked for after it; where those may be in wrong hands, take them away as well.' : ''}`
        : 'The link before stops working. With the new one they choose a password.'}
    </ConfirmDialog>
  )
}

function SessionsDialog({ person, onClose }: Props) {
  const end = useEndSessionsOf(person)
  return (
    <ConfirmDialog
      title={`Sign ${person.email} out`}
      confirmLabel="End all sessions"
      danger
      pending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      They are signed out everywhere, and can sign in again.
    </ConfirmDialog>
  )
}

function SecondStepDialog({ person, onClose }: Props) {
  const remove = useRemoveSecondStepOf(person)
  const { hasApp, passkeys, hasPassword } = person
  const what = [hasApp && 'the app and the recovery codes', passkeys > 0 && countOf(passkeys)].filter(Boolean)
  return (
    <ConfirmDialog
      title={`Take the second step away from ${person.email}`}
      confirmLabel="Take it away"
      danger
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        For somebody who has lost them: {what.join(' and ')} stop working at once, and they are signed out everywhere.
      </p>
      <p>
        {hasPassword
          ? 'Then their password alone signs in, until they set up an app or a passkey again. Be sure that it is they who ask.'
          : 'They have no password: afterwards make them a link, with which they choose one.'}
      </p>
    </ConfirmDialog>
  )
}

export const PERSON_DIALOGS = {
  role: RoleDialog,
  limit: LimitDialog,
  state: StateDialog,
  reset: ResetDialog,
  secondStep: SecondStepDialog,
  sessions: SessionsDialog,
}
