import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { MessageKind } from '@ostor-console/shared/messages'

/** What each kind of message to WHMCS does. */
export const KIND_WORDS: Record<MessageKind, MessageDescriptor> = {
  'note.add': msg`Add a note`,
  'note.delete': msg`Remove our note`,
  'activity.add': msg`Add to the activity log`,
  'link.set': msg`Set the field of the client`,
  'usage.set': msg`Set the usage of a service`,
  'invoice.draft': msg`Make a draft of an invoice`,
}
