import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { GapEntry } from '@ostor-console/shared/gaps'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatSpan } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { Age } from '../../ui/age.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { useServerText } from '../../words/server-words.ts'
import { KIND_WORDS } from './gap-kinds.ts'

type Props = { cluster: string; gaps: GapEntry[]; busy: boolean; onDecide: (gap: GapEntry) => void }

const gapKey = ({ serviceId, kind, from }: Pick<GapEntry, 'serviceId' | 'kind' | 'from'>): string =>
  `${serviceId} ${kind} ${from}`

export function GapsTable({ cluster, gaps, busy, onDecide }: Props) {
  const { t } = useLingui()
  const columns = useColumns(cluster, onDecide)
  return <DataTable label={t`Gaps`} rows={gaps} columns={columns} rowKey={gapKey} busy={busy} sideways />
}

const useColumns = (cluster: string, onDecide: Props['onDecide']): Column<GapEntry>[] => {
  const { t } = useLingui()
  return useMemo(
    () => [
      { id: 'when', header: t`Time`, cell: ({ from, to }) => <span className="num">{formatSpan(from, to)}</span> },
      { id: 'service', header: t`Gateway service`, cell: ({ serviceId }) => <ForeignText text={serviceId} mono /> },
      {
        id: 'kind',
        header: t`What`,
        cell: (gap) => <span title={t(KIND_WORDS[gap.kind].meaning)}>{kindText(gap)}</span>,
      },
      { id: 'objects', header: t`Known of it`, cell: (gap) => <Objects cluster={cluster} gap={gap} /> },
      { id: 'state', header: t`State`, cell: (gap) => <State gap={gap} /> },
      {
        id: 'decide',
        header: '',
        cell: (gap) =>
          gap.kind === 'overlap' ? null : (
            <VerbButton verb="statistics.decide" size="compact-xs" variant="default" onClick={() => onDecide(gap)}>
              {gap.accepted ? <Trans>Reopen…</Trans> : <Trans>Nothing is missing…</Trans>}
            </VerbButton>
          ),
      },
    ],
    [t, cluster, onDecide],
  )
}

const kindText = ({ kind, from, to, periods }: GapEntry): string => {
  const word = t(KIND_WORDS[kind].word)
  const length = formatDuration((Date.parse(to) - Date.parse(from)) / 1000)
  return plural(periods, { one: `${word}, # period (${length})`, other: `${word}, # periods (${length})` })
}

function Objects({ cluster, gap: { objects } }: { cluster: string; gap: GapEntry }) {
  const { t } = useLingui()
  const inWords = useServerText()
  const [first] = objects
  if (!first) return <span className="dimmed">{t`the gateway lists nothing here`}</span>
  return (
    <span title={objects.map(({ name, reason }) => `${name}: ${inWords(reason)}`).join('\n')}>
      <Link to="/c/$cluster/statistics/$name" params={{ cluster, name: first.name }} className="link">
        {plural(objects.length, { one: 'one object is not counted', other: '# objects are not counted' })}
      </Link>
    </span>
  )
}

function State({ gap: { kind, accepted, acceptedBy, acceptedAt, note } }: { gap: GapEntry }) {
  const { t } = useLingui()
  if (kind === 'overlap') return <StateDot tone="warn">{t`counted twice`}</StateDot>
  if (!accepted) return <StateDot tone="bad">{t({ message: 'open', context: 'a gap' })}</StateDot>
  return (
    <span title={note ?? undefined}>
      <StateDot tone="good">{t`nothing missing`}</StateDot>{' '}
      {acceptedAt && (
        <span className="dimmed">
          <Trans>
            said {acceptedBy} <Age at={acceptedAt} />
          </Trans>
        </span>
      )}
    </span>
  )
}
