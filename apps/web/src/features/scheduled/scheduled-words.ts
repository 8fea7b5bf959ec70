import type { ScheduledChange } from '@ostor-console/shared/scheduled'

export const SCHEDULED_WORDS: Record<ScheduledChange['action'], string> = {
  'user.delete': 'Delete user',
  'key.revoke': 'Revoke key',
}

export const ENDED_WORDS: Record<ScheduledChange['state'], { word: string; tone: 'good' | 'warn' | 'bad' }> = {
  preparing: { word: 'being prepared', tone: 'warn' },
  waiting: { word: 'waiting', tone: 'warn' },
  running: { word: 'under way', tone: 'warn' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'did not come about', tone: 'bad' },
  stopped: { word: 'stopped', tone: 'warn' },
}
