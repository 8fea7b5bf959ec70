import { Trans } from '@lingui/react/macro'
import type { Action } from '@ostor-console/shared/audit'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { NoticeLine } from '../../ui/notice-line.tsx'
import { lastChangeQuery } from './audit.queries.ts'
import { ReverseButton, useReverseDialog } from './reverse-button.tsx'
import './audit.css'

type Props = { cluster: string; subject: { userId: string } | { bucket: string } }

/** What was changed here a short time ago, as long as it can be undone. */
export function LastChange({ cluster, subject }: Props) {
  const { data: entry } = useQuery(lastChangeQuery(cluster, subject))
  const [dialog, onReverse] = useReverseDialog(cluster)
  return (
    <>
      {dialog}
      {entry?.canUndo && (
        <NoticeLine>
          <output>
            <What action={entry.action} actor={<ForeignText text={entry.actor} cap={64} />} />
          </output>
          <Age at={entry.at} />
          <ReverseButton entry={entry} onReverse={onReverse} />
        </NoticeLine>
      )}
    </>
  )
}

function What({ action, actor }: { action: Action; actor: ReactNode }) {
  switch (action) {
    case 'user.enable':
      return <Trans>{actor} enabled this user</Trans>
    case 'user.disable':
      return <Trans>{actor} disabled this user</Trans>
    case 'limits.change':
      return <Trans>{actor} changed limits here</Trans>
    case 'limits.remove':
      return <Trans>{actor} removed limits here</Trans>
    case 'quota.change':
      return <Trans>{actor} changed the quota here</Trans>
    default:
      return actor
  }
}
