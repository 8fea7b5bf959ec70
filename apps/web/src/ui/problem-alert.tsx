import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Group, Text } from '@mantine/core'
import type { Problem } from '@ostor-console/shared/problem'
import { useContext, useRef } from 'react'
import { i18n as known } from '../words/words.ts'
import { ActionButton } from './action-button.tsx'
import { type Advice, adviceFor } from './advice.ts'
import { useHeadingAfterwards } from './focus.ts'
import { OutcomeContext } from './outcome-context.ts'
import { ServerSentence } from './server-sentence.tsx'

type Props = {
  error: unknown
  onRetry?: () => void
  isRetrying?: boolean
  retryLabel?: string
  /** Looks at how things stand; offered only where that comes before anything else. */
  onReadAgain?: () => void
}

/** What happened, why, and what to do. A lost answer is never called a failure. */
export function ProblemAlert({ error, onRetry, isRetrying = false, retryLabel, onReadAgain }: Props) {
  const { t } = useLingui()
  const problem = problemOf(error)
  const advice: Advice = adviceFor(problem)
  const outcomeOf = useContext(OutcomeContext)
  const looksFirst = advice.unknown || advice.outdated
  const wayOn = looksFirst ? (onReadAgain ?? onRetry) : onRetry
  const again = advice.noRetry ? undefined : wayOn
  const place = useRef<HTMLDivElement>(null)
  useHeadingAfterwards(place)
  return (
    <Alert ref={place} color={advice.tone} role="alert" title={advice.title ?? titleOf(problem)} className="problem">
      {problem.detail && (
        // What this page itself found out has no status.
        <Text size="sm">{problem.status === 0 ? problem.detail : <ServerSentence text={problem.detail} />}</Text>
      )}
      {problem.errors && !advice.hidesFields && (
        <ul className="plain-list">
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              <span translate="no">{fieldOf(pointer)}</span>: <ServerSentence text={detail} />
            </li>
          ))}
        </ul>
      )}
      {advice.whatToDo && <Text size="sm">{advice.whatToDo}</Text>}
      {advice.unknown && problem.operationId && outcomeOf?.(problem.operationId)}
      <Group gap="sm" mt={again || problem.instance ? 'xs' : 0} justify="space-between">
        {again && (
          <ActionButton size="xs" variant="default" busy={isRetrying} onClick={again}>
            {looksFirst ? t`Read again` : (retryLabel ?? t`Try again`)}
          </ActionButton>
        )}
        {problem.instance && (
          <Text size="xs" c="dimmed" className="request-id">
            <Trans>Request {problem.instance.replace('/requests/', '')}</Trans>
          </Text>
        )}
      </Group>
    </Alert>
  )
}

const internal = (): Problem => ({ type: 'about:blank', title: t`Something failed on this page`, status: 0 })

/** The catalogues know the title of each kind; one that they do not know is shown as the server says it. */
export const titleOf = ({ type, title }: Problem): string => known._({ id: type, message: title })

/** The problem document inside an error of `call()`; a fault of our own when there is none. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Error && 'problem' in error && isProblem(error.problem) ? error.problem : internal()

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null && 'title' in value

const fieldOf = (pointer: string): string => pointer.split('/').at(-1) || 'Request'
