import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { VerbButton } from '../../api/verb-button.tsx'
import { Age } from '../../ui/age.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { NotKnown } from '../../ui/unknown.tsx'
import { MODE_MEANINGS, STATE_WORDS } from './whmcs-words.ts'
import { useAskWhmcs } from './whmcs-work.queries.ts'
import './whmcs.css'

/** Whether WHMCS answers, and what to do when it does not. */
export function ConnectionPanel({ status }: { status: WhmcsStatus }) {
  const { t } = useLingui()
  const test = useAskWhmcs('test')
  const resume = useAskWhmcs('resume')
  const { mode, state, detail, since, checkedAt, queue } = status
  const { word, tone, meaning, todo } = STATE_WORDS[state]
  const nothingWaits = queue.waiting === 0 ? t`Nothing waits to be told.` : null
  return (
    <Panel
      title={t`Connection`}
      note={
        checkedAt === null ? (
          t`Not asked since the console started`
        ) : (
          <Trans>
            Last asked <Age at={checkedAt} />
          </Trans>
        )
      }
      actions={
        <>
          <VerbButton
            verb="whmcs.manage"
            size="xs"
            variant="default"
            reason={nothingWaits}
            busy={resume.isPending}
            onClick={() => resume.mutate()}
          >
            <Trans>Try what is blocked again</Trans>
          </VerbButton>
          <VerbButton
            verb="whmcs.manage"
            size="xs"
            variant="default"
            busy={test.isPending}
            onClick={() => test.mutate()}
          >
            <Trans>Test the connection</Trans>
          </VerbButton>
        </>
      }
    >
      <div className="stack">
        {test.error && <ProblemAlert error={test.error} />}
        {resume.error && <ProblemAlert error={resume.error} />}
        <div className="whmcs-state">
          <p>
            <StateDot tone={tone}>
              <strong>{t(word)}</strong>
            </StateDot>{' '}
            <span className="dimmed">
              <Trans>
                since <Age at={since} />
              </Trans>
            </span>
          </p>
          <p>{t(meaning)}</p>
          {detail && (
            <p className="whmcs-detail">
              <ServerSentence text={detail} cap={400} />
            </p>
          )}
          {todo.length > 0 && (
            <ol className="whmcs-todo">
              {todo.map((step) => (
                <li key={step.id}>{t(step)}</li>
              ))}
            </ol>
          )}
        </div>
        <Facts
          items={{
            [t`Mode`]: <Mode mode={mode} />,
            [t`Address`]:
              status.address === null ? <NotKnown /> : <CopyText text={status.address} label={t`address`} cap={120} />,
            [t`Version of WHMCS`]:
              status.version === null ? <NotKnown /> : <span translate="no">{status.version}</span>,
            [t`Signed in as`]:
              status.adminName === null ? <NotKnown /> : <ForeignText text={status.adminName} cap={80} />,
            [t`Waiting to be told`]: <Waiting queue={queue} />,
          }}
        />
      </div>
    </Panel>
  )
}

function Mode({ mode }: Pick<WhmcsStatus, 'mode'>) {
  const { t } = useLingui()
  return (
    <>
      <strong translate="no">{mode}</strong> <span className="dimmed">{t(MODE_MEANINGS[mode])}</span>
    </>
  )
}

const Waiting = ({ queue: { waiting, needsAttention, oldestAt } }: Pick<WhmcsStatus, 'queue'>) => (
  <>
    {waitingText(waiting, needsAttention)}
    {oldestAt && (
      <span className="dimmed">
        {' '}
        ·{' '}
        <Trans>
          the oldest was written <Age at={oldestAt} />
        </Trans>
      </span>
    )}
  </>
)

const waitingText = (waiting: number, needsAttention: number): string => {
  const messages = plural(waiting, { one: '# message', other: '# messages' })
  if (needsAttention === 0) return messages
  return plural(needsAttention, {
    one: `${messages}, # of them needs attention`,
    other: `${messages}, # of them need attention`,
  })
}
