import type { StatisticsState } from '@ostor-console/shared/statistics'

type Words = { word: string; tone: 'good' | 'warn' | 'bad' | 'off'; meaning: string; whyNotDelete: string }

export const STATE_WORDS: Record<StatisticsState, Words> = {
  listed: {
    word: 'to be read',
    tone: 'off',
    meaning: 'Seen at the gateway, not read yet',
    whyNotDelete: 'It has not been read yet, so its figures would be lost.',
  },
  open: {
    word: 'open',
    tone: 'warn',
    meaning: 'Stored; it may still grow',
    whyNotDelete: 'It may still grow, so what comes later would be lost.',
  },
  closed: {
    word: 'closed',
    tone: 'good',
    meaning: 'Stored and final',
    whyNotDelete: 'No verified backup holds it yet.',
  },
  quarantined: {
    word: 'quarantined',
    tone: 'bad',
    meaning: 'It cannot be true or cannot be read, and is not counted',
    whyNotDelete: 'It is not counted in the console, so it is the only place where its figures are.',
  },
  excluded: {
    word: 'left out',
    tone: 'off',
    meaning: 'An admin decided that it does not count',
    whyNotDelete: 'It is not counted in the console, so it is the only place where its figures are.',
  },
  gone: {
    word: 'gone',
    tone: 'off',
    meaning: 'No longer at the gateway; what was stored stays',
    whyNotDelete: 'It is no longer at the gateway.',
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
