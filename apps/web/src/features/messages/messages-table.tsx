import type { Message } from '@ostor-console/shared/messages'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { plural } from '../../format/counts.ts'
import { Age } from '../../ui/age.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { problemOf } from '../../ui/problem-alert.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { CancelMessage, SettleMessage } from './message-dialogs.tsx'
import { isOpen, KIND_WORDS, STATE_WORDS, textOf } from './message-words.ts'
import { useDecide } from './messages.queries.ts'
import './messages.css'

type Props = { cluster: string; label: string; messages: Message[]; isOfOneClient: boolean }
type Open = { message: Message; to: 'cancel' | 'settle' }

/** What WHMCS is to be told, or was; who may decide about it does so in its row. */
export function MessagesTable({ cluster, label, messages, isOfOneClient }: Props) {
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const columns = [...(isOfOneClient ? [] : ['Client']), 'What', 'State', 'Written', 'Actions']
  return (
    <>
      <EntriesTable label={label} columns={columns}>
        {messages.map((message) => (
          <tr key={message.id}>
            {!isOfOneClient && (
              <td data-label="Client">
                <Link
                  className="link"
                  to="/c/$cluster/clients/$clientId"
                  params={{ cluster, clientId: String(message.clientId) }}
                >
                  {message.clientName === null ? (
                    `Client ${message.clientId}`
                  ) : (
                    <ForeignText text={message.clientName} cap={60} />
                  )}
                </Link>
                <span className="entries-under">Number {message.clientId}</span>
              </td>
            )}
            <td data-label="What">
              {KIND_WORDS[message.kind]}
              <span className="entries-under message-brief">
                <ForeignText text={textOf(message)} cap={240} />
              </span>
            </td>
            <td data-label="State">
              <State message={message} />
            </td>
            <td data-label="Written">
              <Age at={message.createdAt} />
              {message.endedAt && (
                <span className="entries-under">
                  ended <Age at={message.endedAt} />
                </span>
              )}
            </td>
            <td aria-label="Actions">
              <Buttons message={message} onAsk={(to) => setOpen({ message, to })} />
            </td>
          </tr>
        ))}
      </EntriesTable>
      {open?.to === 'cancel' && <CancelMessage message={open.message} onClose={close} />}
      {open?.to === 'settle' && <SettleMessage message={open.message} onClose={close} />}
    </>
  )
}

function State({
  message: { state, attempts, nextAt, lastError, needsAttention, decidedBy, reason },
}: {
  message: Message
}) {
  const { word, tone } = STATE_WORDS[state]
  return (
    <>
      <StateDot tone={needsAttention && tone === 'off' ? 'warn' : tone}>{word}</StateDot>
      {state === 'queued' && needsAttention && <span className="entries-under">for more than a day</span>}
      {attempts > 0 && state !== 'done' && (
        <span className="entries-under">
          tried {plural(attempts, 'time')}
          {state === 'queued' && nextAt && (
            <>
              , again <Age at={nextAt} />
            </>
          )}
        </span>
      )}
      {lastError && state !== 'done' && (
        <span className="entries-under">
          <ForeignText text={lastError} cap={160} />
        </span>
      )}
      {decidedBy && (
        <span className="entries-under">
          by <ForeignText text={decidedBy} cap={64} />
          {reason && (
            <>
              : <ForeignText text={reason} />
            </>
          )}
        </span>
      )}
    </>
  )
}

function Buttons({ message, onAsk }: { message: Message; onAsk: (to: Open['to']) => void }) {
  const retry = useDecide(message.id)
  const name = `${KIND_WORDS[message.kind]}, client ${message.clientId}`
  return (
    <span className="message-buttons">
      {isOpen(message) && (
        <VerbButton
          verb="whmcs.manage"
          size="compact-xs"
          variant="default"
          aria-label={`Retry: ${name}`}
          loading={retry.isPending}
          onClick={() => retry.mutate({ to: 'retry' })}
        >
          Retry
        </VerbButton>
      )}
      {isOpen(message) && (
        <VerbButton
          verb="whmcs.manage"
          size="compact-xs"
          variant="default"
          aria-label={`Cancel: ${name}`}
          onClick={() => onAsk('cancel')}
        >
          Cancel…
        </VerbButton>
      )}
      {message.state === 'unknown' && (
        <VerbButton
          verb="whmcs.manage"
          size="compact-xs"
          variant="default"
          aria-label={`Settle: ${name}`}
          onClick={() => onAsk('settle')}
        >
          Settle…
        </VerbButton>
      )}
      {retry.error && <span className="entries-under danger-text">{problemOf(retry.error).title}</span>}
    </span>
  )
}
