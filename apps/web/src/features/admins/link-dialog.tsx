import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import type { PasswordLink } from '@ostor-console/shared/admins'
import { formatInstant } from '../../format/dates.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type Props = { made: PasswordLink; title: string; onClose: () => void }

/** The link by which somebody chooses a password; the console does not know it any more afterwards. */
export function LinkDialog({ made: { person, code, expiresAt }, title, onClose }: Props) {
  const { t } = useLingui()
  const link = `${window.location.origin}/join#code=${code}`
  const until = formatInstant(new Date(expiresAt))
  return (
    <Dialog title={title}>
      <Stack gap="md">
        <p className="dialog-text">
          <Trans>
            Give this link to {person.email}. It is shown once, works once, and until {until}. Whoever has it can sign
            in as this person.
          </Trans>
        </p>
        <TextInput
          className="one-time"
          label={t`Link`}
          value={link}
          readOnly
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Group justify="flex-end">
          <CopyButton text={link} label={t`Copy the link`} />
          <Button onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
