import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { StatisticsState } from '@ostor-console/shared/statistics'

type Words = {
  word: MessageDescriptor
  tone: 'good' | 'warn' | 'bad' | 'off'
  meaning: MessageDescriptor
  whyNotDelete: MessageDescriptor
}

export const STATE_WORDS: Record<StatisticsState, Words> = {
  listed: {
    word: msg`to be read`,
    tone: 'off',
    meaning: msg`Seen at the gateway, not read yet`,
    whyNotDelete: msg`It has not been read yet, so its figures would be lost.`,
  },
  open: {
    word: msg({ message: 'open', context: 'a statistics object' }),
    tone: 'warn',
    meaning: msg`Stored; it may still grow`,
    whyNotDelete: msg`It may still grow, so what comes later would be lost.`,
  },
  closed: {
    word: msg({ message: 'closed', context: 'a statistics object' }),
    tone: 'good',
    meaning: msg`Stored and final`,
    whyNotDelete: msg`No verified backup holds it yet.`,
  },
  quarantined: {
    word: msg`quarantined`,
    tone: 'bad',
    meaning: msg`It cannot be true or cannot be read`,
    whyNotDelete: msg`The console has not counted all of it, so it is the only place where its figures are.`,
  },
  excluded: {
    word: msg`left out`,
    tone: 'off',
    meaning: msg`An admin decided that it does not count`,
    whyNotDelete: msg`It is not counted in the console, so it is the only place where its figures are.`,
  },
  gone: {
    word: msg({ message: 'gone', context: 'a statistics object' }),
    tone: 'off',
    meaning: msg`No longer at the gateway; what was stored stays`,
    whyNotDelete: msg`It is no longer at the gateway.`,
  },
}

/** In the order in which an object goes through them. */
export const STATES = [
  'listed',
  'open',
  'closed',
  'quarantined',
  'excluded',
  'gone',
] as const satisfies StatisticsState[]
