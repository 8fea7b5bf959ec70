import { Trans, useLingui } from '@lingui/react/macro'
import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useRemoveAccount, useRevokeAccountKey } from './accounts.queries.ts'

type Whose = { cluster: string; userId: string }

type NewProps = { pending: boolean; error: unknown; onCreate: (name: string) => void; onClose: () => void }

export function NewAccountDialog({ pending, error, onCreate, onClose }: NewProps) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  return (
    <FormDialog
      title={t`New account`}
      label={t`Create account`}
      incomplete={name === ''}
      pending={pending}
      error={error}
      onSubmit={() => onCreate(name)}
      onReadAgain={onClose}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        <Trans>The gateway makes the account and a first key. Its secret is shown once, right after this.</Trans>
      </Text>
      <TextInput
        label={t`Name`}
        description={t`Letters, digits, dots, hyphens and underscores. It cannot be changed later.`}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

type RemoveProps = { whose: Whose; account: string; onClose: () => void }

export function RemoveAccountDialog({ whose, account, onClose }: RemoveProps) {
  const { t } = useLingui()
  const remove = useRemoveAccount(whose)
  return (
    <ConfirmDialog
      title={t`Delete this account?`}
      confirmLabel={t`Delete account`}
      danger
      typed={{ label: t`Type the name of the account`, text: account }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ account, confirmName: account }, { onSuccess: onClose })}
      onReadAgain={onClose}
      onClose={onClose}
    >
      <p>
        <ForeignText text={account} cap={80} mono />
      </p>
      <p>
        <Trans>
          Its keys go with it, and whatever signs with them is refused at once. <strong>They do not come back.</strong>
        </Trans>
      </p>
    </ConfirmDialog>
  )
}

type RevokeProps = { whose: Whose; account: string; keyId: string; onClose: () => void }

export function RevokeAccountKeyDialog({ whose, account, keyId, onClose }: RevokeProps) {
  const { t } = useLingui()
  const revoke = useRevokeAccountKey(whose)
  return (
    <ConfirmDialog
      title={t`Revoke this key of an account?`}
      confirmLabel={t`Revoke key`}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ account, keyId }, { onSuccess: onClose })}
      onReadAgain={onClose}
      onClose={onClose}
    >
      <p className="mono">{keyId}</p>
      <p>
        <Trans>
          Whatever signs with this key is refused at once. <strong>A revoked key does not come back.</strong>
        </Trans>
      </p>
    </ConfirmDialog>
  )
}
