import { Trans } from '@lingui/react/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import type { ReactNode } from 'react'
import { midSentence } from '../format/locale.ts'
import { ActionButton } from './action-button.tsx'
import { CopyText } from './copy-text.tsx'
import { Dialog } from './dialog.tsx'
import { exactCsvOf, saveFile } from './save-file.ts'
import './secret-reveal.css'

type Item = { name: string; label: string; value: string }

type Props = {
  title: string
  /** In the order shown; `name` is the field's name in the file. */
  items: Item[]
  fileName: string
  /** What else follows from it. */
  note?: ReactNode
  onStored: () => void
}

/** Shows a secret once. Only the button that says it is stored closes it. */
export function SecretReveal({ title, items, fileName, note, onStored }: Props) {
  const fields = Object.fromEntries(items.map(({ name, value }) => [name, value]))
  return (
    <Dialog title={title} size="lg">
      <Stack gap="md">
        <Text size="sm">
          <Trans>
            <strong>The secret is shown now and never again.</strong> The console does not keep it. Copy it or save the
            file before you close this.
          </Trans>
        </Text>
        <dl className="secret">
          {items.map(({ name, label, value }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                <CopyText text={value} label={midSentence(label)} cap={256} />
              </dd>
            </div>
          ))}
        </dl>
        {note && <Text size="sm">{note}</Text>}
        <Group justify="space-between" gap="sm">
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              onClick={() => saveFile(`${fileName}.json`, 'application/json', `${JSON.stringify(fields, null, 2)}\n`)}
            >
              <Trans>Save .json</Trans>
            </Button>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              onClick={() => saveFile(`${fileName}.csv`, 'text/csv', exactCsvOf(fields))}
            >
              <Trans>Save .csv</Trans>
            </Button>
          </Group>
          <ActionButton onClick={onStored}>
            <Trans>I have stored the secret</Trans>
          </ActionButton>
        </Group>
      </Stack>
    </Dialog>
  )
}
