import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack } from '@mantine/core'
import type { ClientDetail } from '@ostor-console/shared/clients'
import { useState } from 'react'
import { nameOf } from '../features/clients/client-words.ts'
import { useLink } from '../features/clients/clients.queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { type FoundUser, UserFinder } from './user-finder.tsx'

type Props = { cluster: string; client: ClientDetail; onClose: () => void }

/** Finds an S3 user of any cluster, with the e-mail of the client as a first guess, and links it. */
export function LinkUserDialog({ cluster: here, client, onClose }: Props) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<FoundUser | null>(null)
  const link = useLink(String(client.id))
  const submit = () => {
    if (chosen !== null) link.mutate(chosen, { onSuccess: onClose })
  }
  return (
    <Dialog title={t`Link an S3 user`} onClose={link.isPending ? undefined : onClose}>
      <Stack gap="md">
        <p className="dialog-text">
          <Trans>
            The user will belong to {nameOf(client)}. Neither of the two is changed; WHMCS is told of the keys of the
            user from then on.
          </Trans>
        </p>
        <UserFinder cluster={here} search={client.email} linked={client.links} value={chosen} onChange={setChosen} />
        {link.error && <ProblemAlert error={link.error} onReadAgain={onClose} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={link.isPending}>
            <Trans>Cancel</Trans>
          </Button>
          <Button loading={link.isPending} disabled={chosen === null} onClick={submit}>
            <Trans>Link the user</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
