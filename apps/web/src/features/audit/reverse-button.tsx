import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { type ReactNode, useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { useReadAgain, useReverse } from './audit.queries.ts'
import { FieldName, FieldValue } from './audit-field.tsx'
import { ACTION_WORDS, changesOf } from './audit-words.ts'

type Way = 'undo' | 'repeat'
type Opened = { entry: AuditEntry; way: Way }
export type OnReverse = (entry: AuditEntry, way: Way) => void

const WORDS: Record<Way, MessageDescriptor> = { undo: msg`Undo`, repeat: msg`Do again` }

/** The dialog, which stays when the entry that it was opened from goes, and what opens it. */
export function useReverseDialog(cluster: string): [dialog: ReactNode, onReverse: OnReverse] {
  const [opened, setOpened] = useState<Opened | null>(null)
  const dialog = opened && <ReverseDialog cluster={cluster} {...opened} onClose={() => setOpened(null)} />
  return [dialog, (entry, way) => setOpened({ entry, way })]
}

/** Undoes one operation, or does again what did not come about; nothing when neither can be. */
export function ReverseButton({ entry, onReverse }: { entry: AuditEntry; onReverse: OnReverse }) {
  const { t } = useLingui()
  if (!entry.canUndo && !entry.canRepeat) return null
  const way = entry.canUndo ? 'undo' : 'repeat'
  const action = t(ACTION_WORDS[entry.action])
  const { target } = entry
  return (
    <VerbButton
      verb="operation.undo"
      variant="default"
      size="compact-xs"
      aria-label={way === 'undo' ? t`Undo “${action}” of ${target}` : t`Do again “${action}” of ${target}`}
      onClick={() => onReverse(entry, way)}
    >
      {t(WORDS[way])}
    </VerbButton>
  )
}

type Props = Opened & { cluster: string; onClose: () => void }

function ReverseDialog({ cluster, entry, way, onClose }: Props) {
  const { t } = useLingui()
  const action = t(ACTION_WORDS[entry.action])
  const reverse = useReverse(cluster, way)
  const readAgain = useReadAgain(cluster)
  return (
    <ConfirmDialog
      title={way === 'undo' ? t`Undo “${action}”?` : t`Do again “${action}”?`}
      confirmLabel={t(WORDS[way])}
      pending={reverse.isPending}
      error={reverse.error}
      onConfirm={() => reverse.mutate(entry.id, { onSuccess: onClose })}
      onReadAgain={() => {
        readAgain()
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        <strong>
          <ForeignText text={entry.target} cap={80} />
        </strong>
      </p>
      <ul className="plain-list">
        {changesOf(entry).map(({ field, before, after }) => (
          <li key={field}>
            <FieldName field={field} /> <FieldValue field={field} text={way === 'undo' ? after : before} /> →{' '}
            <strong>
              <FieldValue field={field} text={way === 'undo' ? before : after} />
            </strong>
          </li>
        ))}
      </ul>
      <p className="dimmed">
        <Trans>
          It is done only if nobody has changed this since, at the gateway either. It is written down as a change of its
          own.
        </Trans>
      </p>
    </ConfirmDialog>
  )
}
