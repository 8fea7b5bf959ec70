import { TextInput } from '@mantine/core'
import { ASPECTS, type Aspect, type KnownValue, type UserAsOf } from '@ostor-console/shared/as-of'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatInstant, formatSecond } from '../../format/dates.ts'
import { instantOf, minuteText } from '../../format/days.ts'
import { timeZone } from '../../format/preferences.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { asOfQuery } from './audit.queries.ts'
import { wordsOf } from './audit-words.ts'
import '../../ui/entries.css'
import './audit.css'

const NAMES: Record<Aspect, string> = {
  existence: 'User',
  state: 'State',
  keys: 'Keys',
  limits: 'Limits',
  quota: 'Quota',
}

type Props = { cluster: string; userId: string; onClose: () => void }

/** A user as of an instant that an admin chooses, as far as the console knows. */
export default function AsOfDialog({ cluster, userId, onClose }: Props) {
  const [now] = useState(() => minuteText(new Date()))
  const [text, setText] = useState(now)
  const at = instantOf(text)
  const user = useQuery({ ...asOfQuery(cluster, userId, at?.toISOString() ?? ''), enabled: at !== null })
  return (
    <Dialog title="This user as of" size="lg" onClose={onClose}>
      <div className="stack">
        <TextInput
          type="datetime-local"
          label={`Time, in ${timeZone()}`}
          max={now}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={at === null && 'Enter a day and a time'}
        />
        {at !== null && (
          <QueryContents query={user}>
            {(found) => (
              <>
                <Facts items={ASPECTS.map((aspect) => factOf(aspect, found))} />
                <p className="dimmed">{sinceWhen(found)}</p>
              </>
            )}
          </QueryContents>
        )}
      </div>
    </Dialog>
  )
}

const factOf = (aspect: Aspect, { values }: UserAsOf): [name: string, value: ReactNode] => [
  NAMES[aspect],
  <Value key={aspect} value={values[aspect]} />,
]

function Value({ value: { fields, source, confirmedAt, reason } }: { value: KnownValue }) {
  if (fields === null) {
    return (
      <>
        Not known
        <span className="entries-under">{reason}</span>
      </>
    )
  }
  const entries = Object.entries(fields)
  return (
    <>
      {entries.map(([name, value]) => (
        <span key={name} className="as-of-value">
          {entries.length > 1 && <span className="dimmed">{wordsOf(name)} </span>}
          <ForeignText text={value} cap={120} />
        </span>
      ))}
      {source && (
        <span className="entries-under">
          {source.kind === 'comparison' ? 'Seen by a comparison with the gateway' : `Left so by ${source.actor}`},{' '}
          {formatSecond(source.at)}
          {confirmedAt !== null && `; still so at the comparison of ${formatInstant(confirmedAt)}`}
        </span>
      )}
    </>
  )
}

const sinceWhen = ({ auditSince, comparedSince }: UserAsOf): string => {
  const audit = auditSince === null ? 'The audit is empty' : `The audit begins ${formatInstant(auditSince)}`
  const compared =
    comparedSince === null
      ? 'nothing was compared with the gateway yet'
      : `comparisons with the gateway begin ${formatInstant(comparedSince)}`
  return `${audit}, and ${compared}. Limits and quotas are known from changes through the console only, and so are keys where the list of the gateway does not tell them: what changed them elsewhere is not noticed.`
}
