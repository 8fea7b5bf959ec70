import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, Textarea } from '@mantine/core'
import type { GapEntry } from '@ostor-console/shared/gaps'
import { useState } from 'react'
import { formatSpan } from '../../format/dates.ts'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useDecideGap } from './gaps.queries.ts'

type Props = { cluster: string; gap: GapEntry; onClose: () => void; onDone: (said: string) => void }

const LONGEST_NOTE = 500

/** Says what the decision does before it is made; it can be taken back at any time. */
export function DecideGapDialog({ cluster, gap, onClose, onDone }: Props) {
  const { serviceId, from, to, accepted, isLast } = gap
  const { t } = useLingui()
  const [note, setNote] = useState('')
  const [isGone, setIsGone] = useState(false)
  const decide = useDecideGap(cluster)

  const submit = () => {
    const decision = accepted ? 'reopen' : isGone ? 'gone' : 'accept'
    decide.mutate(
      { serviceId, from, to, decision, ...(note.trim() !== '' && { note: note.trim() }) },
      { onSuccess: () => onDone(accepted ? t`The gap is open again.` : t`Nothing is missing there.`) },
    )
  }
  return (
    <FormDialog
      title={accepted ? t`Open the gap again` : t`Nothing is missing`}
      label={accepted ? t`Open it again` : t`Nothing is missing`}
      pending={decide.isPending}
      error={decide.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="usage-step">
        <Trans>
          Gateway <ForeignText text={serviceId} mono />, {formatSpan(from, to)}.
        </Trans>{' '}
        {accepted ? (
          <Trans>Figures over this time will say "at least" again, and charts will hatch it.</Trans>
        ) : (
          <Trans>
            You say that this gateway served nothing then. Figures over this time will no longer say "at least", and
            charts will not hatch it. No figure changes. You can take it back.
          </Trans>
        )}
      </p>
      {isLast && !accepted && (
        <Checkbox
          label={t`This gateway is gone`}
          description={t`Its silence from then on is no gap either, until it writes again`}
          checked={isGone}
          onChange={(event) => setIsGone(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label={t`Why`}
        description={t`For those who read it later; it stands in the audit`}
        autosize
        minRows={2}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
