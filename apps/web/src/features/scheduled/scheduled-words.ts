import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'

export const SCHEDULED_WORDS: Record<ScheduledChange['action'], MessageDescriptor> = {
  'user.delete': msg`Delete user`,
  'key.revoke': msg`Revoke key`,
}

type Ended = { word: MessageDescriptor; tone: 'good' | 'warn' | 'bad' }

export const ENDED_WORDS: Record<ScheduledChange['state'], Ended> = {
  preparing: { word: msg`being prepared`, tone: 'warn' },
  waiting: { word: msg`waiting`, tone: 'warn' },
  running: { word: msg`under way`, tone: 'warn' },
  done: { word: msg`done`, tone: 'good' },
  failed: { word: msg`did not come about`, tone: 'bad' },
  stopped: { word: msg`stopped`, tone: 'warn' },
}
