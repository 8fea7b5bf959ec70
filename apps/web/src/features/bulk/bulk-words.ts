import type { BulkAction, BulkChange, BulkRun, ItemState, RunState } from '@ostor-console/shared/bulk'

export const ACTIONS: { value: BulkAction; label: string }[] = [
  { value: 'enable', label: 'Enable' },
  { value: 'disable', label: 'Disable' },
  { value: 'set-limits', label: 'Set limits' },
  { value: 'set-quota', label: 'Set the quota' },
  { value: 'delete', label: 'Delete' },
]

/** What is set: `get 40, out unlimited`; nothing for an action that says it all. */
export const valuesOf = (change: BulkChange): string | null => {
  if (change.action === 'set-quota') return change.size === 'unlimited' ? 'unlimited' : `${change.size} GB`
  if (change.action !== 'set-limits') return null
  const { opsPerSecond = {}, bandwidth = {} } = change.limits
  const ops = Object.entries(opsPerSecond).map(([name, value]) => `${name} ${unit(value, 'ops/s')}`)
  const rates = Object.entries(bandwidth).map(([name, value]) => `${name} ${unit(value, 'kb/s')}`)
  return [...ops, ...rates].join(', ')
}

const unit = (value: number | 'unlimited' | undefined, name: string): string =>
  typeof value === 'number' ? `${value} ${name}` : 'unlimited'

type Tone = 'good' | 'warn' | 'bad' | 'off'

export const ITEM_WORDS: Record<ItemState, { word: string; tone: Tone }> = {
  waiting: { word: 'waiting', tone: 'off' },
  'under-way': { word: 'under way', tone: 'warn' },
  done: { word: 'done', tone: 'good' },
  already: { word: 'so already', tone: 'off' },
  refused: { word: 'refused', tone: 'bad' },
  failed: { word: 'failed', tone: 'bad' },
  unknown: { word: 'not known', tone: 'warn' },
  left: { word: 'left as it was', tone: 'off' },
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

export const RUN_WORDS: Record<RunState, { word: string; tone: Tone }> = {
  planned: { word: 'Planned', tone: 'off' },
  running: { word: 'Running', tone: 'warn' },
  paused: { word: 'Paused', tone: 'off' },
  stopping: { word: 'Stopping', tone: 'warn' },
  ended: { word: 'Ended', tone: 'good' },
}

/** `3 done, 1 refused`, without what there is none of. */
export const countsText = ({ counts }: Pick<BulkRun, 'counts'>): string =>
  ITEM_STATES.flatMap((state) =>
    counts[state] > 0 ? [`${counts[state].toLocaleString('en')} ${ITEM_WORDS[state].word}`] : [],
  ).join(', ')
