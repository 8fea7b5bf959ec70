import { plural, t } from '@lingui/core/macro'
import type { AuditEntry } from '@ostor-console/shared/audit'
import type { Connection } from '@ostor-console/shared/cluster'
import type { Collector } from '@ostor-console/shared/collector'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import type { UserPage } from '@ostor-console/shared/users'
import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { COLLECTOR_WORDS } from '../features/usage/collector-words.ts'
import { STATE_WORDS } from '../features/whmcs/whmcs-words.ts'
import { formatAge } from '../format/ages.ts'
import { formatDay, formatInstant } from '../format/dates.ts'
import { midSentence } from '../format/locale.ts'

type Tone = 'good' | 'warn' | 'bad' | 'off'

/** What was read; `undefined` where it is being read or failed, or is not for this admin. */
export type Known = {
  /** What this admin may know and what was not read now, by the name of its check. */
  unread?: string[]
  connection?: Connection | undefined
  collector?: Collector | undefined
  whmcs?: WhmcsStatus | undefined
  operations?: { open: AuditEntry[]; undecided: AuditEntry[]; failed: AuditEntry[] } | undefined
  scheduled?: ScheduledChange[] | undefined
  users?: UserPage['summary'] | undefined
}

const notKnown = (): string => t`not known now`

/** One thing that has to work, and how it does. */
export type Check = { name: string; tone: Tone; word: string }

export function checksOf({ connection, collector, whmcs, unread = [] }: Known): Check[] {
  const checks: Check[] = [gatewayCheck(connection), usageCheck(collector)]
  if (collector) checks.push(backupCheck(collector))
  if (collector?.recount && collector.recount.differences > 0) {
    checks.push({
      name: t`Recount`,
      tone: 'bad',
      word: plural(collector.recount.differences, { one: '# sum differs', other: '# sums differ' }),
    })
  }
  if (whmcs && whmcs.mode !== 'off') {
    const { tone, word } = STATE_WORDS[whmcs.state]
    checks.push({ name: t`WHMCS`, tone, word: midSentence(t(word)) })
  }
  return [...checks, ...unread.map((name): Check => ({ name, tone: 'off', word: notKnown() }))]
}

const gatewayCheck = (connection: Connection | undefined): Check => {
  const name = t`Gateway`
  if (!connection) return { name, tone: 'off', word: notKnown() }
  const skew = Math.abs(connection.clockSkewSeconds ?? 0)
  if (connection.state !== 'ok') return { name, tone: 'bad', word: t`does not serve the console` }
  return skew >= 60 ? { name, tone: 'warn', word: t`answers, clocks differ` } : { name, tone: 'good', word: t`answers` }
}

const usageCheck = (collector: Collector | undefined): Check => {
  const name = t`Usage`
  if (!collector) return { name, tone: 'off', word: notKnown() }
  if (collector.staleSince) return { name, tone: 'warn', word: t`stale since ${formatInstant(collector.staleSince)}` }
  const { tone, text } = COLLECTOR_WORDS[collector.state]
  return { name, tone: collector.state === 'off' ? 'warn' : tone, word: t(text) }
}

const backupCheck = ({ backup, backupFailedAt }: Collector): Check => {
  const name = t`Backup`
  if (backupFailedAt !== null) return { name, tone: 'bad', word: t`failed ${formatAge(backupFailedAt)}` }
  if (backup === null) return { name, tone: 'off', word: t`none yet` }
  return { name, tone: 'good', word: formatAge(backup.takenAt) }
}

/** Something that does not go away by itself, and where it is dealt with. */
export type Wait = { key: string; tone: Tone; text: string; to: Place; search?: Record<string, string> }
type Place = `/c/$cluster/${'operations' | 'gaps' | 'statistics' | 'users' | 'whmcs'}`

export function waitsOf({ collector, whmcs, operations, scheduled, users }: Known): Wait[] {
  const waits: Wait[] = []
  const add = (count: number, wait: Wait) => count > 0 && waits.push(wait)
  const undecided = operations?.undecided.length ?? 0
  const failed = operations?.failed.length ?? 0
  const open = operations?.open.length ?? 0
  const attention = whmcs?.queue.needsAttention ?? 0
  const gaps = collector?.gapsOpen ?? 0
  const quarantined = collector?.objectsQuarantined ?? 0
  const due = (scheduled ?? []).filter(({ state }) => state === 'waiting')
  const next = due.map(({ dueAt }) => dueAt).toSorted()[0]

  add(undecided, {
    key: 'undecided',
    tone: 'bad',
    text: plural(undecided, {
      one: '# change whose outcome cannot be told any more',
      other: '# changes whose outcome cannot be told any more',
    }),
    to: '/c/$cluster/operations',
  })
  add(attention, {
    key: 'whmcs',
    tone: 'bad',
    text: plural(attention, { one: '# message that WHMCS did not take', other: '# messages that WHMCS did not take' }),
    to: '/c/$cluster/whmcs',
    search: { tab: 'queue' },
  })
  add(failed, {
    key: 'failed',
    tone: 'warn',
    text: plural(failed, {
      one: '# change of this week did not come about',
      other: '# changes of this week did not come about',
    }),
    to: '/c/$cluster/operations',
  })
  add(gaps, {
    key: 'gaps',
    tone: 'warn',
    text: plural(gaps, {
      one: '# gap in the usage figures to decide about',
      other: '# gaps in the usage figures to decide about',
    }),
    to: '/c/$cluster/gaps',
    search: { state: 'open' },
  })
  add(quarantined, {
    key: 'quarantined',
    tone: 'warn',
    text: plural(quarantined, {
      one: '# statistics object in quarantine',
      other: '# statistics objects in quarantine',
    }),
    to: '/c/$cluster/statistics',
    search: { state: 'quarantined' },
  })
  if (users)
    add(users.quotas.mayBeNearlyUsed, {
      key: 'quotas',
      tone: 'off',
      text: nearlyUsedText(users),
      to: '/c/$cluster/users',
      search: { sort: '-quotaUse' },
    })
  add(open, {
    key: 'open',
    tone: 'off',
    text: plural(open, { one: '# change under way or being checked', other: '# changes under way or being checked' }),
    to: '/c/$cluster/operations',
  })
  add(due.length, {
    key: 'scheduled',
    tone: 'off',
    text: scheduledText(due.length, next),
    to: '/c/$cluster/operations',
  })
  return waits
}

/** That nothing has to be decided; `null` for whoever may not see all of it, and while not all of it was read. */
export const nothingWaits = ({ collector, operations, unread = [] }: Known, isReading: boolean): string | null =>
  collector && operations && unread.length === 0 && !isReading ? t`No change, gap or message waits for you` : null

/** Where not every quota is known, or not what a GB is, it may be more than is said. */
const nearlyUsedText = ({ total, quotas }: UserPage['summary']): string => {
  const { known, nearlyUsed, mayBeNearlyUsed } = quotas
  if (nearlyUsed === 0)
    return plural(mayBeNearlyUsed, {
      one: "# user may have used 90% or more of the quota: the gateway's GB may be 10^9 or 2^30 bytes",
      other: "# users may have used 90% or more of their quotas: the gateway's GB may be 10^9 or 2^30 bytes",
    })
  return known < total || nearlyUsed < mayBeNearlyUsed
    ? plural(nearlyUsed, {
        one: 'At least # user has used 90% or more of the quota',
        other: 'At least # users have used 90% or more of their quotas',
      })
    : plural(nearlyUsed, {
        one: '# user has used 90% or more of the quota',
        other: '# users have used 90% or more of their quotas',
      })
}

const scheduledText = (count: number, next: string | undefined): string => {
  if (next === undefined) return plural(count, { one: '# change with a date', other: '# changes with a date' })
  const day = formatDay(next)
  return plural(count, {
    one: `# change with a date, the next on ${day}`,
    other: `# changes with a date, the next on ${day}`,
  })
}

/** The whole in one sentence, with the tone of the worst of it. What merely runs or waits for its date is no trouble. */
export function verdictOf(checks: Check[], waits: Wait[]): { tone: Tone; text: string } {
  const all = [...checks, ...waits]
  const bad = all.filter(({ tone }) => tone === 'bad').length
  const troubles = bad + all.filter(({ tone }) => tone === 'warn').length
  if (troubles > 0) {
    return {
      tone: bad > 0 ? 'bad' : 'warn',
      text: plural(troubles, { one: '# thing needs attention', other: '# things need attention' }),
    }
  }
  const isKnown = checks.every(({ word }) => word !== notKnown())
  return isKnown ? { tone: 'good', text: t`Everything works` } : { tone: 'off', text: t`Not known now` }
}
