import type { Action } from '@ostor-console/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { NoticeLine } from '../../ui/notice-line.tsx'
import { lastChangeQuery } from './audit.queries.ts'
import { ReverseButton, useReverseDialog } from './reverse-button.tsx'
import './audit.css'

const WORDS: Partial<Record<Action, string>> = {
  'user.enable': 'enabled this user',
  'user.disable': 'disabled this user',
  'limits.change': 'changed limits here',
  'limits.remove': 'removed limits here',
  'quota.change': 'changed the quota here',
}

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
            <ForeignText text={entry.actor} cap={64} /> {WORDS[entry.action]}
          </output>
          <Age at={entry.at} />
          <ReverseButton entry={entry} onReverse={onReverse} />
        </NoticeLine>
      )}
    </>
  )
}
