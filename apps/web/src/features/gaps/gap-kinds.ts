import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { GapEntry } from '@ostor-console/shared/gaps'

export const KIND_WORDS: Record<GapEntry['kind'], { word: MessageDescriptor; meaning: MessageDescriptor }> = {
  missing: { word: msg`missing`, meaning: msg`No statistics object covers this time` },
  short: { word: msg`cut short`, meaning: msg`The object before it ended early, and the next one began later` },
  overlap: { word: msg`overlap`, meaning: msg`Two objects cover this time, and both are counted` },
}

export const KINDS = ['missing', 'short', 'overlap'] as const satisfies GapEntry['kind'][]
