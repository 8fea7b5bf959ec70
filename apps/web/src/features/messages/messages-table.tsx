import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Message } from '@ostor-console/shared/messages'
import { Link } from '@tanstack/react-router'
import { KIND_WORDS } from '../../api/message-kinds.ts'
import { VerbButton } from '../../api/verb-button.tsx'
import { Age } from '../../ui/age.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { problemOf, titleOf } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { isOpen, STATE_WORDS, textOf } from './message-words.ts'
import { useDecide } from './messages.queries.ts'
import './messages.css'

/** What somebody is about to decide of a message. */
export type Deciding = { message: Message; to: 'cancel' | 'settle' }
type Props = {
  cluster: string
  label: string
  messages: Message[]
  isOfOneClient: boolean
  onDecide: (deciding: Deciding) => void
}

/** What WHMCS is to be told, or was; who may decide about it does so in its row. */
export function MessagesTable({ cluster, label, messages, isOfOneClient, onDecide }: Props) {
  const { t } = useLingui()
  const columns = [...(isOfOneClient ? [] : [t`Client`]), t`What`, t`State`, t`Written`, t`Actions`]
  return (
    <EntriesTable label={label} columns={columns}>
      {messages.map((message) => (
        <tr key={message.id}>
          {!isOfOneClient && (
            <td data-label={t`Client`}>
              <Client cluster={cluster} message={message} />
            </td>
          )}
          <td data-label={t`What`}>
            {t(KIND_WORDS[message.kind])}
            <span className="entries-under message-brief">
              <ForeignText text={textOf(message)} cap={240} />
            </span>
          </td>
          <td data-label={t`State`}>
            <State message={message} />
          </td>
          <td data-label={t`Written`}>
            <Age at={message.createdAt} />
            {message.endedAt && (
              <span className="entries-under">
                <Trans>
                  ended <Age at={message.endedAt} />
                </Trans>
              </span>
            )}
          </td>
          <td aria-label={t`Actions`}>
            <Buttons message={message} onAsk={(to) => onDecide({ message, to })} />
          </td>
        </tr>
      ))}
    </EntriesTable>
  )
}

function Client({ cluster, message: { clientId, clientName } }: { cluster: string; message: Message }) {
  const { t } = useLingui()
  return (
    <>
      <Link className="link" to="/c/$cluster/clients/$clientId" params={{ cluster, clientId: String(clientId) }}>
        {clientName === null ? t`Client ${clientId}` : <ForeignText text={clientName} cap={60} />}
      </Link>
      <span className="entries-under">{t`Number ${clientId}`}</span>
    </>
  )
}

function State({
  message: { state, attempts, nextAt, lastError, needsAttention, decidedBy, reason },
}: {
  message: Message
}) {
  const { t } = useLingui()
  const { word, tone } = STATE_WORDS[state]
  const tried = plural(attempts, { one: 'tried # time', other: 'tried # times' })
  return (
    <>
      <StateDot tone={needsAttention && tone === 'off' ? 'warn' : tone}>{t(word)}</StateDot>
      {state === 'queued' && needsAttention && <span className="entries-under">{t`for more than a day`}</span>}
      {attempts > 0 && state !== 'done' && (
        <span className="entries-under">
          {state === 'queued' && nextAt ? (
            <Trans>
              {tried}, again <Age at={nextAt} />
            </Trans>
          ) : (
            tried
          )}
        </span>
      )}
      {lastError && state !== 'done' && (
        <span className="entries-under">
          <ServerSentence text={lastError} cap={160} />
        </span>
      )}
      {decidedBy && (
        <span className="entries-under">
          {reason ? (
            <Trans>
              by <ForeignText text={decidedBy} cap={64} />: <ServerSentence text={reason} cap={200} />
            </Trans>
          ) : (
            <Trans>
              by <ForeignText text={decidedBy} cap={64} />
            </Trans>
          )}
        </span>
      )}
    </>
  )
}

function Buttons({ message, onAsk }: { message: Message; onAsk: (to: Deciding['to']) => void }) {
  const { t } = useLingui()
  const retry = useDecide(message.id)
  const kind = t(KIND_WORDS[message.kind])
  const { clientId } = message
  const name = t`${kind}, client ${clientId}`
  return (
    <span className="message-buttons">
      {isOpen(message) && (
        <VerbButton
          verb="whmcs.manage"
          size="compact-xs"
          variant="default"
          aria-label={t`Retry: ${name}`}
          busy={retry.isPending}
          onClick={() => retry.mutate({ to: 'retry' })}
        >
          <Trans>Retry</Trans>
        </VerbButton>
      )}
      {isOpen(message) && (
        <VerbButton
          verb="whmcs.manage"
          size="compact-xs"
          variant="default"
          aria-label={t`Cancel: ${name}`}
          onClick={() => onAsk('cancel')}
        >
          <Trans>Cancel…</Trans>
        </VerbButton>
      )}
      {message.state === 'unknown' && (
        <VerbButton
          verb="whmcs.manage"
          size="compact-xs"
          variant="default"
          aria-label={t`Settle: ${name}`}
          onClick={() => onAsk('settle')}
        >
          <Trans>Settle…</Trans>
        </VerbButton>
      )}
      {retry.error && <span className="entries-under danger-text">{titleOf(problemOf(retry.error))}</span>}
    </span>
  )
}
