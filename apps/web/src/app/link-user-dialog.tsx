import { Trans, useLingui } from '@lingui/react/macro'
import type { ClientDetail } from '@ostor-console/shared/clients'
import { useState } from 'react'
import { nameOf } from '../features/clients/client-words.ts'
import { useLink } from '../features/clients/clients.queries.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
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
    <FormDialog
      title={t`Link an S3 user`}
      label={t`Link the user`}
      incomplete={chosen === null}
      pending={link.isPending}
      error={link.error}
      onSubmit={submit}
      onReadAgain={onClose}
      onClose={onClose}
    >
      <p className="dialog-text">
        <Trans>
          The user will belong to {nameOf(client)}. Neither of the two is changed; WHMCS is told of the keys of the user
          from then on.
        </Trans>
      </p>
      <UserFinder cluster={here} search={client.email} linked={client.links} value={chosen} onChange={setChosen} />
    </FormDialog>
  )
}
