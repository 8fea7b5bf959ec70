import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { NotCopied } from './not-copied.tsx'

/** Copies a text that stands beside it. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui()
  const clipboard = useClipboard({ timeout: 1500 })
  return (
    <>
      <Button variant="default" onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? t`Copied` : label}
      </Button>
      {clipboard.error && <NotCopied />}
    </>
  )
}
