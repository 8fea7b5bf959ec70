import type { MessageDescriptor } from '@lingui/core'
import { msg, plural, t } from '@lingui/core/macro'
import type { BulkAction, BulkChange, BulkRun, ItemState, RunState } from '@ostor-console/shared/bulk'
import { formatCount } from '../../format/counts.ts'
import { formatGb } from '../../format/quotas.ts'

export const ACTIONS: { value: BulkAction; label: MessageDescriptor }[] = [
  { value: 'enable', label: msg`Enable` },
  { value: 'disable', label: msg`Disable` },
  { value: 'set-limits', label: msg`Set limits` },
  { value: 'set-quota', label: msg`Set the quota` },
  { value: 'delete', label: msg`Delete` },
]

/** What a run is about, as its entry in the audit says it: `Disable 1,200 users`. */
export const runTitle = ({ change: { action }, planned: { change } }: Pick<BulkRun, 'change' | 'planned'>): string =>
  TITLES[action](change)

const TITLES: Record<BulkAction, (count: number) => string> = {
  enable: (count) => plural(count, { one: 'Enable # user', other: 'Enable # users' }),
  disable: (count) => plural(count, { one: 'Disable # user', other: 'Disable # users' }),
  'set-limits': (count) => plural(count, { one: 'Set limits of # user', other: 'Set limits of # users' }),
  'set-quota': (count) => plural(count, { one: 'Set the quota of # user', other: 'Set the quota of # users' }),
  delete: (count) => plural(count, { one: 'Delete # user', other: 'Delete # users' }),
  create: (count) => plural(count, { one: 'Create # user', other: 'Create # users' }),
}

/** What is set: `get 40, out unlimited`; nothing for an action that says it all. */
export const valuesOf = (change: BulkChange): string | null => {
  if (change.action === 'set-quota') return change.size === 'unlimited' ? t`unlimited` : formatGb(change.size)
  if (change.action !== 'set-limits') return null
  const { opsPerSecond = {}, bandwidth = {} } = change.limits
  const ops = Object.entries(opsPerSecond).map(([name, value]) => `${name} ${unit(value, 'ops/s')}`)
  const rates = Object.entries(bandwidth).map(([name, value]) => `${name} ${unit(value, 'kb/s')}`)
  return [...ops, ...rates].join(', ')
}

const unit = (value: number | 'unlimited' | undefined, name: string): string =>
  typeof value === 'number' ? `${formatCount(value)} ${name}` : t`unlimited`

type Tone = 'good' | 'warn' | 'bad' | 'off'

export const ITEM_WORDS: Record<ItemState, { word: MessageDescriptor; tone: Tone }> = {
  waiting: { word: msg`waiting`, tone: 'off' },
  'under-way': { word: msg`under way`, tone: 'warn' },
  done: { word: msg`done`, tone: 'good' },
  already: { word: msg`so already`, tone: 'off' },
  refused: { word: msg`refused`, tone: 'bad' },
  failed: { word: msg`failed`, tone: 'bad' },
  unknown: { word: msg`not known`, tone: 'warn' },
  left: { word: msg`left as it was`, tone: 'off' },
}

/** In the order in which they are counted. */
export const ITEM_STATES: ItemState[] = [
  'done',
  'already',
  'refused',
  'failed',
  'unknown',
  'under-way',
  'waiting',
  'left',
]

export const RUN_WORDS: Record<RunState, { word: MessageDescriptor; tone: Tone }> = {
  planned: { word: msg`Planned`, tone: 'off' },
  running: { word: msg`Running`, tone: 'warn' },
  paused: { word: msg`Paused`, tone: 'off' },
  stopping: { word: msg`Stopping`, tone: 'warn' },
  ended: { word: msg`Ended`, tone: 'good' },
}

/** How many items are in a state: `3 done`. */
export const countText = (state: ItemState, count: number): string => COUNTED[state](count)

const COUNTED: Record<ItemState, (count: number) => string> = {
  waiting: (count) => plural(count, { one: '# waiting', other: '# waiting' }),
  'under-way': (count) => plural(count, { one: '# under way', other: '# under way' }),
  done: (count) => plural(count, { one: '# done', other: '# done' }),
  already: (count) => plural(count, { one: '# so already', other: '# so already' }),
  refused: (count) => plural(count, { one: '# refused', other: '# refused' }),
  failed: (count) => plural(count, { one: '# failed', other: '# failed' }),
  unknown: (count) => plural(count, { one: '# not known', other: '# not known' }),
  left: (count) => plural(count, { one: '# left as it was', other: '# left as they were' }),
}

/** `3 done, 1 refused`, without what there is none of. */
export const countsText = ({ counts }: Pick<BulkRun, 'counts'>): string =>
  ITEM_STATES.flatMap((state) => (counts[state] > 0 ? [countText(state, counts[state])] : [])).join(', ')
