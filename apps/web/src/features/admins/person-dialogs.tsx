import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Person } from '@ostor-console/shared/admins'
import type { Role } from '@ostor-console/shared/roles'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useShownOnce } from '../../ui/shown-once.ts'
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
import { hasSecondStep } from './sign-in-words.ts'

type Props = { person: Person; onClose: () => void }
export type PersonAction = keyof typeof PERSON_DIALOGS

function RoleDialog({ person, onClose }: Props) {
  const { t } = useLingui()
  const [role, setRole] = useState<Role>(person.role)
  const change = useSetRole(person)
  return (
    <ConfirmDialog
      title={t`Role of ${person.email}`}
      confirmLabel={t`Change the role`}
      incomplete={role === person.role}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(role, { onSuccess: onClose })}
      onClose={onClose}
    >
      <RoleSelect role={role} onChange={setRole} />
      <p>
        <Trans>They are signed out everywhere, and sign in again with the new role.</Trans>
      </p>
    </ConfirmDialog>
  )
}

function StateDialog({ person, onClose }: Props) {
  const { t } = useLingui()
  const disables = person.state !== 'disabled'
  const change = useSetEnabled(person)
  return (
    <ConfirmDialog
      title={disables ? t`Disable ${person.email}` : t`Enable ${person.email}`}
      confirmLabel={disables ? t`Disable` : t`Enable`}
      danger={disables}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(!disables, { onSuccess: onClose })}
      onClose={onClose}
    >
      {disables
        ? t`They are signed out everywhere and cannot sign in until somebody enables them again. What they did stays in the audit.`
        : t`They can sign in again with the password that they had.`}
    </ConfirmDialog>
  )
}

function ResetDialog({ person, onClose }: Props) {
  const { t } = useLingui()
  const reset = useResetPassword(person)
  useShownOnce(reset.isPending || reset.data !== undefined)
  if (reset.data) return <LinkDialog made={reset.data} title={t`The link is made`} onClose={onClose} />
  return (
    <ConfirmDialog
      title={t`New link for ${person.email}`}
      confirmLabel={t`Make the link`}
      danger={person.state === 'active'}
      pending={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate(undefined)}
      onClose={onClose}
    >
      {person.state !== 'active' ? (
        <Trans>The link before stops working. With the new one they choose a password.</Trans>
      ) : (
        <>
          <Trans>
            Their password and their API tokens stop working at once, and they are signed out everywhere. With the link
            they choose another.
          </Trans>
          {hasSecondStep(person) && (
            <>
              {' '}
              <Trans>
                App and passkeys stay and are asked for after it; where those may be in wrong hands, take them away as
                well.
              </Trans>
            </>
          )}
        </>
      )}
    </ConfirmDialog>
  )
}

function SessionsDialog({ person, onClose }: Props) {
  const { t } = useLingui()
  const end = useEndSessionsOf(person)
  return (
    <ConfirmDialog
      title={t`Sign ${person.email} out`}
      confirmLabel={t`End all sessions`}
      danger
      pending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Trans>They are signed out everywhere, and can sign in again.</Trans>
    </ConfirmDialog>
  )
}

function SecondStepDialog({ person, onClose }: Props) {
  const { t } = useLingui()
  const remove = useRemoveSecondStepOf(person)
  return (
    <ConfirmDialog
      title={t`Take the second step away from ${person.email}`}
      confirmLabel={t`Take it away`}
      danger
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{whatStops(person)}</p>
      <p>
        {person.hasPassword
          ? t`Then their password alone signs in, until they set up an app or a passkey again. Be sure that it is they who ask.`
          : t`They have no password: afterwards make them a link, with which they choose one.`}
      </p>
    </ConfirmDialog>
  )
}

const whatStops = ({ hasApp, passkeys }: Person): string => {
  if (passkeys === 0)
    return t`For somebody who has lost them: the app and the recovery codes stop working at once, and they are signed out everywhere.`
  return hasApp
    ? plural(passkeys, {
        one: 'For somebody who has lost them: the app and the recovery codes and # passkey stop working at once, and they are signed out everywhere.',
        other:
          'For somebody who has lost them: the app and the recovery codes and # passkeys stop working at once, and they are signed out everywhere.',
      })
    : plural(passkeys, {
        one: 'For somebody who has lost them: # passkey stops working at once, and they are signed out everywhere.',
        other: 'For somebody who has lost them: # passkeys stop working at once, and they are signed out everywhere.',
      })
}

export const PERSON_DIALOGS = {
  role: RoleDialog,
  limit: LimitDialog,
  state: StateDialog,
  reset: ResetDialog,
  secondStep: SecondStepDialog,
  sessions: SessionsDialog,
}
