import { Button, CopyButton, Group, Stack, TextInput } from '@mantine/core'
import type { PasswordLink } from '@ostor-console/shared/admins'
import { formatInstant } from '../../format/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'

type Props = { made: PasswordLink; title: string; onClose: () => void }

/** The link by which somebody chooses a password; the console does not know it any more afterwards. */
export function LinkDialog({ made: { person, code, expiresAt }, title, onClose }: Props) {
  const link = `${window.location.origin}/join#code=${code}`
  return (
    <Dialog title={title}>
      <Stack gap="md">
        <p className="dialog-text">
          Give this link to {person.email}. It is shown once, works once, and until {formatInstant(new Date(expiresAt))}
          . Whoever has it can sign in as this person.
        </p>
        <TextInput
          className="one-time"
          label="Link"
          value={link}
          readOnly
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Group justify="flex-end">
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy the link'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
