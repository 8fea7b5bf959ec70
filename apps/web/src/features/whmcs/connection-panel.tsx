import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { VerbButton } from '../../api/verb-button.tsx'
import { plural } from '../../format/counts.ts'
import { Age } from '../../ui/age.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { MODE_WORDS, STATE_WORDS } from './whmcs-words.ts'
import { useAskWhmcs } from './whmcs-work.queries.ts'
import './whmcs.css'

/** Whether WHMCS answers, and what to do when it does not. */
export function ConnectionPanel({ status }: { status: WhmcsStatus }) {
  const test = useAskWhmcs('test')
  const resume = useAskWhmcs('resume')
  const { mode, state, detail, since, checkedAt, queue } = status
  const { word, tone, meaning, todo } = STATE_WORDS[state]
  const nothingWaits = queue.waiting === 0 ? 'Nothing waits to be told.' : null
  return (
    <Panel
      title="Connection"
      note={
        checkedAt === null ? (
          'Not asked since the console started'
        ) : (
          <>
            Last asked <Age at={checkedAt} />
          </>
        )
      }
      actions={
        <>
          <VerbButton
            verb="whmcs.manage"
            size="xs"
            variant="default"
            reason={nothingWaits}
            loading={resume.isPending}
            onClick={() => resume.mutate()}
          >
            Try what is blocked again
          </VerbButton>
          <VerbButton
            verb="whmcs.manage"
            size="xs"
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            Test the connection
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
              <strong>{word}</strong>
            </StateDot>{' '}
            <span className="dimmed">
              since <Age at={since} />
            </span>
          </p>
          <p>{meaning}</p>
          {detail && (
            <p className="whmcs-detail">
              <ForeignText text={detail} cap={400} />
            </p>
          )}
          {todo.length > 0 && (
            <ol className="whmcs-todo">
              {todo.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
        </div>
        <Facts
          items={{
            Mode: <Mode mode={mode} />,
            Address: status.address === null ? none : <CopyText text={status.address} label="address" cap={120} />,
            'Version of WHMCS': status.version ?? none,
            'Signed in as': status.adminName === null ? none : <ForeignText text={status.adminName} cap={80} />,
            'Waiting to be told': <Waiting queue={queue} />,
          }}
        />
      </div>
    </Panel>
  )
}

const none = <span className="dimmed">not known</span>

const Mode = ({ mode }: Pick<WhmcsStatus, 'mode'>) => (
  <>
    <strong>{MODE_WORDS[mode].word}</strong> <span className="dimmed">{MODE_WORDS[mode].meaning}</span>
  </>
)

const Waiting = ({ queue: { waiting, needsAttention, oldestAt } }: Pick<WhmcsStatus, 'queue'>) => (
  <>
    {plural(waiting, 'message')}
    {needsAttention > 0 && `, ${needsAttention} of them ${needsAttention === 1 ? 'needs' : 'need'} attention`}
    {oldestAt && (
      <span className="dimmed">
        {' '}
        · the oldest was written <Age at={oldestAt} />
      </span>
    )}
  </>
)
