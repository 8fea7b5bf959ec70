import { useLingui } from '@lingui/react/macro'
import type { AuditEntry } from '@ostor-console/shared/audit'
import { Link } from '@tanstack/react-router'
import { formatSecond } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { NotKnown } from '../../ui/unknown.tsx'
import { FieldName, FieldValue } from './audit-field.tsx'
import { ACTION_WORDS, changesOf, OUTCOME_WORDS } from './audit-words.ts'
import { type OnReverse, ReverseButton } from './reverse-button.tsx'

export function AuditRow({ entry, onReverse }: { entry: AuditEntry; onReverse: OnReverse }) {
  const { t } = useLingui()
  const { at, actor, action, outcome, detail } = entry
  const { word, tone, meaning } = OUTCOME_WORDS[outcome]
  return (
    <tr>
      <td data-label={t`Time`}>
        <span className="num audit-time">{formatSecond(at)}</span>
        <span className="entries-under">
          <Age at={at} />
        </span>
      </td>
      <td data-label={t`Admin`}>
        <ForeignText text={actor} cap={64} />
      </td>
      <td data-label={t`Action`}>{t(ACTION_WORDS[action])}</td>
      <td data-label={t`Target`}>
        <Target entry={entry} />
      </td>
      <td data-label={t({ message: 'Change', context: 'what was changed' })}>
        <Changes entry={entry} />
      </td>
      <td data-label={t`Outcome`}>
        <span title={t(meaning)}>
          <StateDot tone={tone}>{t(word)}</StateDot>
        </span>
        <span className="audit-undo">
          <ReverseButton entry={entry} onReverse={onReverse} />
        </span>
        {detail && (
          <span className="entries-under">
            <ServerSentence text={detail} cap={200} />
          </span>
        )}
        <Details entry={entry} />
      </td>
    </tr>
  )
}

/** What tells an operation from all others, here and in the log of the gateway. */
function Details({ entry: { id, address, requestIds } }: { entry: AuditEntry }) {
  const { t } = useLingui()
  return (
    <details className="audit-details">
      <summary>{t`Details`}</summary>
      <dl>
        <dt>{t`Operation`}</dt>
        <dd className="mono">{id}</dd>
        <dt>{t({ message: 'From', context: 'an address' })}</dt>
        <dd className="mono">{address ?? t`not known`}</dd>
        {requestIds.length > 0 && (
          <>
            <dt>{t`Gateway request`}</dt>
            {requestIds.map((requestId) => (
              <dd key={requestId} className="mono">
                {requestId}
              </dd>
            ))}
          </>
        )}
      </dl>
    </details>
  )
}

function Target({ entry: { action, cluster, userId, bucket, target } }: { entry: AuditEntry }) {
  const text = <ForeignText text={target} cap={80} />
  if (cluster === null) return text
  if (bucket !== null) {
    return (
      <Link className="link" to="/c/$cluster/buckets/$bucket" params={{ cluster, bucket }}>
        {text}
      </Link>
    )
  }
  if (action === 'statistics.delete') {
    return (
      <Link className="link" to="/c/$cluster/statistics/$name" params={{ cluster, name: target }}>
        {text}
      </Link>
    )
  }
  if (userId === null) return text
  return (
    <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }}>
      {text}
    </Link>
  )
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { outcome, after: seen } = entry
  const changes = outcome === 'not-done' || (seen === null && outcome === 'refused') ? [] : changesOf(entry)
  // Nobody saw how it ended, which is not the same as that nothing is left.
  const unseen = seen === null && outcome !== 'done'
  if (changes.length === 0) return <span className="dimmed">–</span>
  return (
    <ul className="audit-changes">
      {changes.map(({ field, before, after, isCompared }) => (
        <li key={field}>
          <FieldName field={field} />{' '}
          {isCompared && (
            <>
              <FieldValue field={field} text={before} /> →{' '}
            </>
          )}
          {unseen ? <NotKnown /> : <FieldValue field={field} text={after} />}
        </li>
      ))}
    </ul>
  )
}
