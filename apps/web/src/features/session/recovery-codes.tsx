import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { ActionButton } from '../../ui/action-button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import './account.css'

type Props = { codes: string[]; email: string; onStored: () => void }

/** Shows them once. Only the button that says they are stored closes it. */
export function RecoveryCodes({ codes, email, onStored }: Props) {
  const { t } = useLingui()
  const head = t`Recovery codes of ${email} for Ostor Console. Each serves once.`
  const text = `${head}\r\n\r\n${codes.join('\r\n')}\r\n`
  return (
    <Dialog title={t`Your recovery codes`} size="lg">
      <Stack gap="md">
        <Text size="sm">
          <Trans>
            <strong>They are shown now and never again.</strong> Without your phone, one of them signs you in, once.
            Keep them where you keep passwords, not on the phone.
          </Trans>
        </Text>
        <ol className="recovery-codes one-time">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <Group justify="space-between" gap="sm">
          <Group gap="xs">
            <CopyButton text={text} label={t`Copy all`} />
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              onClick={() => saveFile('ostor-console-recovery-codes.txt', 'text/plain', text)}
            >
              <Trans>Save .txt</Trans>
            </Button>
          </Group>
          <ActionButton onClick={onStored}>
            <Trans>I have stored the codes</Trans>
          </ActionButton>
        </Group>
      </Stack>
    </Dialog>
  )
}
