import { Trans, useLingui } from '@lingui/react/macro'
import { Text, TextInput } from '@mantine/core'
import type { Account } from '@ostor-console/shared/account'
import type { Passkey } from '@ostor-console/shared/passkeys'
import { useState } from 'react'
import { browserOf } from '../../format/browser.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useAddPasskey, useRemovePasskey } from './passkey.queries.ts'

/** The name first, then the browser asks for the device. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const add = useAddPasskey()
  const [name, setName] = useState(() => browserOf(navigator.userAgent).slice(0, 60))

  return (
    <FormDialog
      title={t`Add a passkey`}
      label={t`Continue`}
      incomplete={name.trim() === ''}
      pending={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate(name.trim(), { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans>
          Your browser asks for the PIN, finger or face of this device, or for a security key. From then on it signs you
          in, and the password alone does not any more. Your sessions on other devices end.
        </Trans>
      </Text>
      <TextInput
        label={t`Name`}
        description={t`So that you know later which device it is`}
        autoComplete="off"
        data-autofocus
        maxLength={60}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </FormDialog>
  )
}

type RemoveProps = { passkey: Passkey; account: Account; onClose: () => void }

export function RemoveDialog({ passkey, account, onClose }: RemoveProps) {
  const { t } = useLingui()
  const remove = useRemovePasskey()
  return (
    <ConfirmDialog
      title={t`Remove ${passkey.name}?`}
      confirmLabel={t`Remove`}
      danger
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(passkey.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <Trans>
          It does not sign you in any more, and your sessions on other devices end. Delete it on the device as well,
          which goes on offering it otherwise.
        </Trans>
      </p>
      {account.passkeys.length === 1 && account.hasPassword && !account.secondFactor && (
        <p>
          <Trans>It is your last one: afterwards whoever learns your password can sign in with it alone.</Trans>
        </p>
      )}
    </ConfirmDialog>
  )
}
