import type { Message, MessageKind, MessageState } from '@ostor-console/shared/messages'

export const KIND_WORDS: Record<MessageKind, string> = {
  'note.add': 'Add a note',
  'note.delete': 'Remove our note',
  'activity.add': 'Add to the activity log',
  'link.set': 'Set the field of the client',
  'usage.set': 'Set the usage of a service',
  'invoice.draft': 'Make a draft of an invoice',
}

type Tone = 'good' | 'warn' | 'bad' | 'off'

export const STATE_WORDS: Record<MessageState, { word: string; tone: Tone }> = {
  queued: { word: 'Queued', tone: 'off' },
  sending: { word: 'On its way', tone: 'off' },
  done: { word: 'Delivered', tone: 'good' },
  unknown: { word: 'Outcome not known', tone: 'warn' },
  blocked: { word: 'Blocked', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'off' },
}

/** What happens when it is sent although it had arrived, for whoever decides. */
export const TWICE: Record<MessageKind, string> = {
  'note.add': 'If it had arrived after all, the client has the same note twice.',
  'note.delete': 'If it had arrived after all, nothing more happens.',
  'activity.add': 'If it had arrived after all, the activity log has the same entry twice.',
  'link.set': 'If it had arrived after all, nothing more happens.',
  'usage.set': 'If it had arrived after all, and WHMCS billed the month since, the month would be billed twice.',
  'invoice.draft': 'If it had arrived after all, the client has two drafts for the same month: delete one at WHMCS.',
}

/** It can be tried again at once, or dropped. */
export const isOpen = ({ state }: Message): boolean => state === 'queued' || state === 'blocked'

/** What a person has to read of it: all but the marker. */
export const textOf = ({ text, marker }: Pick<Message, 'text' | 'marker'>): string =>
  (marker === null ? text : text.replace(marker, '')).trim()
