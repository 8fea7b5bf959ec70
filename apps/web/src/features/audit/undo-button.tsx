import { Button } from '@mantine/core'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { useReadAgain, useUndo } from './audit.queries.ts'
import { ACTION_WORDS, changesOf, wordsOf } from './audit-words.ts'

type Props = { cluster: string; entry: AuditEntry }

/** Sets back what one operation changed, after it was shown what that means. */
export function UndoButton({ cluster, entry }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Undo “${ACTION_WORDS[entry.action]}” of ${entry.target}`}
        onClick={() => setOpen(true)}
      >
        Undo
      </Button>
      {isOpen && <UndoDialog cluster={cluster} entry={entry} onClose={() => setOpen(false)} />}
    </>
  )
}

function UndoDialog({ cluster, entry, onClose }: Props & { onClose: () => void }) {
  const undo = useUndo(cluster)
  const readAgain = useReadAgain(cluster)
  return (
    <ConfirmDialog
      title={`Undo “${ACTION_WORDS[entry.action]}”?`}
      confirmLabel="Undo"
      pending={undo.isPending}
      error={undo.error}
      onConfirm={() => undo.mutate(entry.id, { onSuccess: onClose })}
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
            {wordsOf(field)}: {after} → <strong>{before}</strong>
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
