import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import { ForeignText } from './foreign-text.tsx'
import { NotCopied } from './not-copied.tsx'

type Props = { text: string; label: string; shown?: boolean; cap?: number }

/** A text with a button that copies all of it; `label` names it: "key id". */
export function CopyText({ text, label, shown = true, cap = 64 }: Props) {
  const { t } = useLingui()
  const clipboard = useClipboard({ timeout: 1500 })
  return (
    <span className="copy-text">
      {shown && <ForeignText text={text} cap={cap} mono />}
      <Tooltip label={clipboard.copied ? t`Copied` : t`Copy ${label}`}>
        <ActionIcon size="sm" aria-label={t`Copy ${label}`} onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      </Tooltip>
      {clipboard.error && <NotCopied />}
      <output className="sr-only">{clipboard.copied ? t`Copied` : ''}</output>
    </span>
  )
}
