import { Alert, Button, Group, Text } from '@mantine/core'
import type { Problem } from '@ostor-console/shared/problem'
import { useContext } from 'react'
import { type Advice, adviceFor } from './advice.ts'
import { OutcomeContext } from './outcome-context.ts'

type Props = { error: unknown; onRetry?: () => void; retryLabel?: string; onReadAgain?: () => void }

/** What happened, why, and what to do. A lost answer is never called a failure. */
export function ProblemAlert({ error, onRetry, retryLabel = 'Try again', onReadAgain }: Props) {
  const problem = problemOf(error)
  const advice: Advice = adviceFor(problem)
  const outcomeOf = useContext(OutcomeContext)
  const again = advice.noRetry ? undefined : (onReadAgain ?? onRetry)
  return (
    <Alert color={advice.tone} role="alert" title={advice.title ?? problem.title} className="problem">
      {problem.detail && <Text size="sm">{problem.detail}</Text>}
      {problem.errors && !advice.hidesFields && (
        <ul className="plain-list">
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              {fieldOf(pointer)}: {detail}
            </li>
          ))}
        </ul>
      )}
      {advice.whatToDo && <Text size="sm">{advice.whatToDo}</Text>}
      {advice.unknown && problem.operationId && outcomeOf?.(problem.operationId)}
      <Group gap="sm" mt={again || problem.instance ? 'xs' : 0} justify="space-between">
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {advice.unknown ? 'Read again' : retryLabel}
          </Button>
        )}
        {problem.instance && (
          <Text size="xs" c="dimmed" className="request-id">
            Request {problem.instance.replace('/requests/', '')}
          </Text>
        )}
      </Group>
    </Alert>
  )
}

const internal: Problem = { type: 'about:blank', title: 'Something failed on this page', status: 0 }

/** The problem document inside an error of `call()`; a fault of our own when there is none. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Error && 'problem' in error && isProblem(error.problem) ? error.problem : internal

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null && 'title' in value

const fieldOf = (pointer: string): string => pointer.split('/').at(-1) || 'Request'
