import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Group, Stack, TextInput } from '@mantine/core'
import type { StatisticsDetail } from '@ostor-console/shared/statistics'
import { type FormEvent, useState } from 'react'
import { useRefusal } from '../../api/role.ts'
import { VerbButton } from '../../api/verb-button.tsx'
import { Choices } from '../../ui/choices.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { ReasonButton } from '../../ui/reason-button.tsx'
import { useDecideStatistics } from './statistics.queries.ts'

const CHOICES = [
  {
    value: 'assign',
    label: msg`Count it from another time`,
    description: msg`Its date is not true, but its counters are. They count from the time that you give.`,
  },
  {
    value: 'count',
    label: msg`Count it as it is`,
    description: msg`It is right. Everything in it is added to the figures of its time.`,
  },
  {
    value: 'exclude',
    label: msg`Leave it out`,
    description: msg`It never counts. The time that it covers stays a gap, unless you accept that nothing is missing there.`,
  },
  { value: 'reread', label: msg`Read it again now`, description: msg`Perhaps the gateway has put it right meanwhile.` },
] as const

type Props = { cluster: string; object: StatisticsDetail }

/** What an admin may decide about an object that cannot be true, and what each decision does. */
export function DecideStatistics({ cluster, object }: Props) {
  const { t } = useLingui()
  const choices = CHOICES.map(({ value, label, description }) => ({
    value,
    label: t(label),
    description: t(description),
  }))
  const [choice, setChoice] = useState<(typeof CHOICES)[number]['value']>('assign')
  const [start, setStart] = useState(() => object.startedAt.slice(0, 16))
  const decide = useDecideStatistics(cluster, object.name)
  const refusal = useRefusal('statistics.decide')
  const takesOut = choice === 'exclude' && object.itemCount !== null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    decide.mutate({ decision: choice, ...(choice === 'assign' && { startedAt: `${start}:00Z` }) })
  }
  return (
    <Panel title={t`Decide about it`}>
      <form onSubmit={submit}>
        <Stack gap="md" maw={640}>
          <Choices label={t`What to do with it`} choices={choices} value={choice} onChange={setChoice} />
          {choice === 'assign' && (
            <TextInput
              type="datetime-local"
              label={t`It began at (UTC)`}
              required
              maw={260}
              value={start}
              onChange={(event) => setStart(event.currentTarget.value)}
            />
          )}
          {takesOut && (
            <Alert color="yellow" role="note">
              <Trans>What was counted of it when it could be read is taken out of the figures too.</Trans>
            </Alert>
          )}
          {decide.error && <ProblemAlert error={decide.error} />}
          <Group gap="xs">
            <ReasonButton type="submit" reason={refusal} busy={decide.isPending}>
              {choice === 'reread' ? t`Read it again` : t`Decide`}
            </ReasonButton>
            <span className="dimmed">
              {refusal ?? (
                <Trans>A decision stands in the audit, and can be taken back while the gateway has the object.</Trans>
              )}
            </span>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}

/** Back to the quarantine. */
export function WithdrawDecision({ cluster, object }: Props) {
  const { t } = useLingui()
  const decide = useDecideStatistics(cluster, object.name)
  // What is left out has nothing stored that could be lost.
  const isOnlyCopy = object.state === 'gone' && object.decision !== 'exclude'
  return (
    <>
      <VerbButton
        verb="statistics.decide"
        reason={isOnlyCopy ? t`The gateway no longer has it, so it could not be counted again.` : null}
        size="xs"
        variant="default"
        busy={decide.isPending}
        onClick={() => decide.mutate({ decision: 'withdraw' })}
      >
        <Trans>Take the decision back</Trans>
      </VerbButton>
      {decide.error && <ProblemAlert error={decide.error} />}
    </>
  )
}
