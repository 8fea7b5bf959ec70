import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import type { StorageGrowth } from '@ostor-console/shared/storage'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { ErrorSentence } from '../../ui/error-sentence.tsx'
import { growthQuery, type Stored } from './growth.queries.ts'
import { growthText, outlookOf } from './quota-outlook-words.ts'

type Props = {
  cluster: string
  stored: Stored
  /** The quota in GB to look ahead with; `null` when there is none, or its unit is not known. */
  size: number | null
  bytesPerGb: string | null
}

/** What is stored now, how it grows, and when a quota would be full. */
export function QuotaOutlook({ cluster, stored, size, bytesPerGb }: Props) {
  useLingui()
  const { data, error } = useQuery(growthQuery(cluster, stored))
  if (!data)
    return (
      error && (
        <p className="dimmed">
          <Trans>
            What is stored could not be read: <ErrorSentence error={error} />
          </Trans>
        </p>
      )
    )
  const outlook = size === null ? null : outlookOf(data, size, bytesPerGb)
  return (
    <output className="quota-outlook">
      <span className="dimmed">
        <StoredNow growth={data} />
      </span>
      {outlook && (
        <span className={outlook.warns ? 'quota-over' : undefined}>
          {outlook.warns && <IconAlertTriangle size={15} aria-hidden="true" />}
          {outlook.text}
        </span>
      )}
    </output>
  )
}

function StoredNow({ growth }: { growth: StorageGrowth }) {
  useLingui()
  const { sampledAt, staleSince } = growth.source
  if (sampledAt === null) return <Trans>Stored: not known, no size has been sampled yet.</Trans>
  if (growth.storedBytes === null)
    return <Trans>Stored: not known, since the gateway did not tell the size of a bucket.</Trans>
  const stored = <span title={exactBytes(growth.storedBytes)}>{formatBytes(growth.storedBytes)}</span>
  const grown = growthText(growth)
  const since = staleSince && formatInstant(staleSince)
  return since ? (
    <Trans>
      Stored: {stored}, stale since {since}; {grown}.
    </Trans>
  ) : (
    <Trans>
      Stored: {stored}, sampled <Age at={sampledAt} />; {grown}.
    </Trans>
  )
}
