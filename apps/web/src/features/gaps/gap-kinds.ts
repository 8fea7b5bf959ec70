import type { GapEntry } from '@ostor-console/shared/gaps'

export const KIND_WORDS: Record<GapEntry['kind'], { word: string; meaning: string }> = {
  missing: { word: 'missing', meaning: 'No statistics object covers this time' },
  short: { word: 'cut short', meaning: 'The object before it ended early, and the next one began later' },
  overlap: { word: 'overlap', meaning: 'Two objects cover this time, and both are counted' },
}

export const KINDS = ['missing', 'short', 'overlap'] as const satisfies GapEntry['kind'][]
