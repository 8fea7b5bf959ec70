import type { CollectorState } from '@ostor-console/shared/collector'

export const COLLECTOR_WORDS: Record<CollectorState, { tone: 'good' | 'warn' | 'bad' | 'off'; text: string }> = {
  starting: { tone: 'warn', text: 'starting' },
  'catching-up': { tone: 'warn', text: 'collecting history' },
  'up-to-date': { tone: 'good', text: 'up to date' },
  off: { tone: 'off', text: 'no statistics at the gateway' },
  standby: { tone: 'good', text: 'another process collects' },
  failing: { tone: 'bad', text: 'fails' },
  'store-failing': { tone: 'bad', text: 'stopped: the store takes nothing' },
}
