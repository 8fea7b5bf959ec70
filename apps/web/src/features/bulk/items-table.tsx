import { useLingui } from '@lingui/react/macro'
import type { BulkItem } from '@ostor-console/shared/bulk'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { formatCount } from '../../format/counts.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { ITEM_WORDS } from './bulk-words.ts'

type Props = { cluster: string; items: BulkItem[]; busy: boolean }

export function ItemsTable({ cluster, items, busy }: Props) {
  const { t } = useLingui()
  const columns = useColumns(cluster)
  return <DataTable label={t`Users of this change`} rows={items} columns={columns} rowKey={keyOf} busy={busy} />
}

const keyOf = ({ position }: BulkItem): string => String(position)

function useColumns(cluster: string): Column<BulkItem>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'position',
        header: t`No.`,
        wide: true,
        width: '90px',
        cell: ({ position, line }) => (
          <span className="num" title={line === null ? undefined : t`Line ${line} of the list`}>
            {formatCount(line ?? position)}
          </span>
        ),
      },
      {
        id: 'email',
        header: t`E-mail`,
        cell: (item) => (
          <>
            <Who cluster={cluster} item={item} />
            <span className="bulk-more">{item.detail && <ServerSentence text={item.detail} cap={120} />}</span>
          </>
        ),
      },
      {
        id: 'state',
        header: t`State`,
        width: '150px',
        cell: ({ state }) => <StateDot tone={ITEM_WORDS[state].tone}>{t(ITEM_WORDS[state].word)}</StateDot>,
      },
      {
        id: 'detail',
        header: t`What, or why not`,
        wide: true,
        cell: ({ detail }) =>
          detail && (
            <span className="bulk-detail">
              <ServerSentence text={detail} cap={300} />
            </span>
          ),
      },
      {
        id: 'audit',
        header: t`Audit`,
        wide: true,
        width: '90px',
        cell: ({ userId, operationId }) =>
          userId !== null &&
          operationId !== null && (
            <Link to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{ tab: 'audit' }}>
              {t`Entry`}
            </Link>
          ),
      },
    ],
    [cluster, t],
  )
}

function Who({ cluster, item: { userId, email } }: { cluster: string; item: BulkItem }) {
  const text = <ForeignText text={email || (userId ?? '')} cap={120} />
  if (userId === null) return text
  return (
    <Link to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{}} className="bulk-link">
      {text}
    </Link>
  )
}
