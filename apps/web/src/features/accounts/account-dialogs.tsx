import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useRemoveAccount, useRevokeAccountKey } from './accounts.queries.ts'

type Whose = { cluster: string; userId: string }

type NewProps = { pending: boolean; error: unknown; onCreate: (name: string) => void; onClose: () => void }

export function NewAccountDialog({ pending, error, onCreate, onClose }: NewProps) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onCreate(name)
  }
  return (
    <Dialog title={t`New account`} onClose={pending ? undefined : onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
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
          {error !== null && <ProblemAlert error={error} onReadAgain={onClose} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={pending}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={pending} disabled={name === ''}>
              <Trans>Create account</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
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
