import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Message, MessageKind, MessageState } from '@ostor-console/shared/messages'

type Tone = 'good' | 'warn' | 'bad' | 'off'

export const STATE_WORDS: Record<MessageState, { word: MessageDescriptor; tone: Tone }> = {
  queued: { word: msg({ message: 'Queued', context: 'a message' }), tone: 'off' },
  sending: { word: msg`On its way`, tone: 'off' },
  done: { word: msg({ message: 'Delivered', context: 'a message' }), tone: 'good' },
  unknown: { word: msg`Outcome not known`, tone: 'warn' },
  blocked: { word: msg({ message: 'Blocked', context: 'a message' }), tone: 'bad' },
  cancelled: { word: msg({ message: 'Cancelled', context: 'a message' }), tone: 'off' },
}

/** What happens when it is sent although it had arrived, for whoever decides. */
export const AGAIN: Record<MessageKind, MessageDescriptor> = {
  'note.add': msg`It is sent again in its turn. If it had arrived after all, the client has the same note twice.`,
  'note.delete': msg`It is sent again in its turn. If it had arrived after all, nothing more happens.`,
  'activity.add': msg`It is sent again in its turn. If it had arrived after all, the activity log has the same entry twice.`,
  'link.set': msg`It is sent again in its turn. If it had arrived after all, nothing more happens.`,
  'usage.set': msg`It is sent again in its turn. If it had arrived after all, and WHMCS billed the month since, the month would be billed twice.`,
  'invoice.draft': msg`It is sent again in its turn. If it had arrived after all, the client has two drafts for the same month: delete one at WHMCS.`,
}

/** It can be tried again at once, or dropped. */
export const isOpen = ({ state }: Message): boolean => state === 'queued' || state === 'blocked'

/** What a person has to read of it: all but the marker. */
export const textOf = ({ text, marker }: Pick<Message, 'text' | 'marker'>): string =>
  (marker === null ? text : text.replace(marker, '')).trim()
