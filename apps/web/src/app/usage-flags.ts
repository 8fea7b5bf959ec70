import { t } from '@lingui/core/macro'
import type { Action, AuditEntry } from '@ostor-console/shared/audit'
import { useQuery } from '@tanstack/react-query'
import { changesQuery } from '../features/audit/audit.queries.ts'
import { ACTION_WORDS, changesOf } from '../features/audit/audit-words.ts'
import { fieldWords } from '../features/audit/field-words.ts'
import { valueWords } from '../features/audit/value-words.ts'
import type { UsageFlag } from '../features/usage/usage-panel.tsx'

const FLAGGED: Action[] = [
  'user.enable',
  'user.disable',
  'key.create',
  'key.revoke',
  'limits.change',
  'limits.remove',
  'quota.change',
]

/** What was done to a user or bucket through the console, to be seen beside what happened then. */
export const useFlags = (cluster: string, subject: { userId: string } | { bucket: string }): UsageFlag[] =>
  (useQuery(changesQuery(cluster, subject)).data?.items ?? []).flatMap(flagOf)

const said = (field: string, value: string | null): string =>
  value === null ? '–' : (valueWords(field, value) ?? value)

export const flagOf = (entry: AuditEntry): UsageFlag[] => {
  const { action, at, outcome } = entry
  if (!FLAGGED.includes(action) || (outcome !== 'done' && outcome !== 'unknown')) return []
  const changed = changesOf(entry).map(({ field, before, after, isCompared }) => {
    const now = isCompared ? `${said(field, before)} → ${said(field, after)}` : said(field, after)
    return `${fieldWords(field) ?? field} ${now}`
  })
  const what = t(ACTION_WORDS[action])
  const label = outcome === 'done' ? what : t`${what} (outcome not known)`
  return [{ at, label, ...(changed.length > 0 && { detail: changed.join(', ') }) }]
}
