import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { ASPECTS, type Aspect, type KnownValue, type UserAsOf } from '@ostor-console/shared/as-of'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatInstant, formatSecond } from '../../format/dates.ts'
import { typedInstant, typedText } from '../../format/days.ts'
import { timeZone } from '../../format/preferences.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { asOfQuery } from './audit.queries.ts'
import { FieldName, FieldValue } from './audit-field.tsx'
import '../../ui/entries.css'
import './audit.css'

const NAMES: Record<Aspect, MessageDescriptor> = {
  existence: msg`User`,
  state: msg`State`,
  keys: msg`Keys`,
  limits: msg`Limits`,
  quota: msg`Quota`,
}

type Props = { cluster: string; userId: string; onClose: () => void }

/** A user as of an instant that an admin chooses, as far as the console knows. */
export default function AsOfDialog({ cluster, userId, onClose }: Props) {
  const { t } = useLingui()
  const zone = timeZone()
  const [now] = useState(() => typedText(new Date()))
  const [text, setText] = useState(now)
  const at = typedInstant(text)
  const user = useQuery({ ...asOfQuery(cluster, userId, at?.toISOString() ?? ''), enabled: at !== null })
  return (
    <Dialog title={t`This user as of`} size="lg" onClose={onClose}>
      <div className="stack">
        <TextInput
          type="datetime-local"
          label={t`Time, in ${zone}`}
          max={now}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={at === null && t`Enter a day and a time`}
        />
        {at !== null && (
          <QueryContents query={user}>
            {(found) => (
              <>
                <Facts items={ASPECTS.map((aspect) => factOf(aspect, found))} />
                <p className="dimmed">
                  {sinceWhen(found)}{' '}
                  <Trans>
                    Limits and quotas are known from changes through the console only, and so are keys where the list of
                    the gateway does not tell them: what changed them elsewhere is not noticed.
                  </Trans>
                </p>
              </>
            )}
          </QueryContents>
        )}
      </div>
    </Dialog>
  )
}

const factOf = (aspect: Aspect, { values }: UserAsOf): [name: string, value: ReactNode] => [
  t(NAMES[aspect]),
  <Value key={aspect} value={values[aspect]} />,
]

function Value({ value: { fields, source, confirmedAt, reason } }: { value: KnownValue }) {
  if (fields === null) {
    return (
      <>
        <Trans>Not known</Trans>
        <span className="entries-under">{reason && <ServerSentence text={reason} />}</span>
      </>
    )
  }
  const entries = Object.entries(fields)
  return (
    <>
      {entries.map(([name, value]) => (
        <span key={name} className="as-of-value">
          {entries.length > 1 && (
            <>
              <FieldName field={name} />{' '}
            </>
          )}
          <FieldValue field={name} text={value} cap={120} />
        </span>
      ))}
      {source && <span className="entries-under">{fromWhere(source, confirmedAt)}</span>}
    </>
  )
}

const fromWhere = (source: NonNullable<KnownValue['source']>, confirmedAt: string | null): string => {
  const at = formatSecond(source.at)
  const still = confirmedAt === null ? null : formatInstant(confirmedAt)
  if (source.kind === 'comparison') {
    return still === null
      ? t`Seen by a comparison with the gateway, ${at}`
      : t`Seen by a comparison with the gateway, ${at}; still so at the comparison of ${still}`
  }
  const actor = `${source.actor}`
  return still === null
    ? t`Left so by ${actor}, ${at}`
    : t`Left so by ${actor}, ${at}; still so at the comparison of ${still}`
}

const sinceWhen = ({ auditSince, comparedSince }: UserAsOf): string => {
  const audit = auditSince === null ? null : formatInstant(auditSince)
  const compared = comparedSince === null ? null : formatInstant(comparedSince)
  if (audit === null) {
    return compared === null
      ? t`The audit is empty, and nothing was compared with the gateway yet.`
      : t`The audit is empty, and comparisons with the gateway begin ${compared}.`
  }
  return compared === null
    ? t`The audit begins ${audit}, and nothing was compared with the gateway yet.`
    : t`The audit begins ${audit}, and comparisons with the gateway begin ${compared}.`
}
