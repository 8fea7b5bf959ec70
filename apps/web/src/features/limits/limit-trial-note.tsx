import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import { useDebouncedValue } from '@mantine/hooks'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../ui/age.tsx'
import { ErrorSentence } from '../../ui/error-sentence.tsx'
import { limitTrialQuery } from './limit-trial.queries.ts'
import { basisOf, linesOf, proposedOf } from './limit-trial-words.ts'
import type { Target } from './limits.queries.ts'
import type { Difference } from './limits-change.ts'

type Props = { cluster: string; target: Target; changes: readonly Difference[] }

const TYPING_MS = 400

/** What the stored statistics say of the limits that are being typed; nothing waits for it. */
export function LimitTrialNote({ cluster, target, changes }: Props) {
  useLingui()
  const typed = proposedOf(changes)
  const [proposed] = useDebouncedValue(typed, TYPING_MS)
  const { data, error, isPlaceholderData } = useQuery(limitTrialQuery(cluster, target, proposed))
  const changed = [...new URLSearchParams(typed).keys()]
  const lines = data ? linesOf(data, changed) : []
  return (
    <output className="limit-trial" aria-busy={isPlaceholderData || typed !== proposed}>
      {lines.map(({ name, text, warns }) => (
        <span key={name} className={warns ? 'limit-trial-line limit-trial-over' : 'limit-trial-line'}>
          {warns && <IconAlertTriangle size={15} aria-hidden="true" />}
          <span>{text}</span>
        </span>
      ))}
      {data && lines.length > 0 && (
        <span className="dimmed">
          {basisOf(data)}
          {data.windows[0]?.source.collectedAt && (
            <>
              {' '}
              <Trans>
                Collected <Age at={data.windows[0].source.collectedAt} />.
              </Trans>
            </>
          )}
        </span>
      )}
      {error && typed !== '' && (
        <span className="dimmed">
          <Trans>
            These limits could not be tried on the past: <ErrorSentence error={error} />
          </Trans>
        </span>
      )}
    </output>
  )
}
