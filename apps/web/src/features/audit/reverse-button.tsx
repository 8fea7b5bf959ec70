import { Button } from '@mantine/core'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { useReadAgain, useReverse } from './audit.queries.ts'
import { ACTION_WORDS, changesOf, wordsOf } from './audit-words.ts'

type Way = 'undo' | 'repeat'
type Props = { cluster: string; entry: AuditEntry; way: Way }

const WORDS: Record<Way, string> = { undo: 'Undo', repeat: 'Do again' }

/** Undoes one operation, or does again what did not come about, after it was shown what that means. */
export function ReverseButton(props: Props) {
  const { entry, way } = props
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`${WORDS[way]} “${ACTION_WORDS[entry.action]}” of ${entry.target}`}
        onClick={() => setOpen(true)}
      >
        {WORDS[way]}
      </Button>
      {isOpen && <ReverseDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function ReverseDialog({ cluster, entry, way, onClose }: Props & { onClose: () => void }) {
  const reverse = useReverse(cluster, way)
  const readAgain = useReadAgain(cluster)
  return (
    <ConfirmDialog
      title={`${WORDS[way]} “${ACTION_WORDS[entry.action]}”?`}
      confirmLabel={WORDS[way]}
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
            {wordsOf(field)}: {way === 'undo' ? after : before} → <strong>{way === 'undo' ? before : after}</strong>
          </li>
        ))}
      </ul>
      <p className="dimmed">
        It is done only if nobody has changed this since, at the gateway either. It is written down as a change of its
        own.
      </p>
    </ConfirmDialog>
  )
}
