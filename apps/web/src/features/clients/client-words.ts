import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { Client, ClientNote, ClientStatus } from '@ostor-console/shared/clients'

type Tone = 'good' | 'warn' | 'bad' | 'off'

export const STATUS_WORDS: Record<ClientStatus, { word: MessageDescriptor; tone: Tone }> = {
  active: { word: msg({ message: 'Active', context: 'a client' }), tone: 'good' },
  inactive: { word: msg({ message: 'Inactive', context: 'a client' }), tone: 'warn' },
  closed: { word: msg({ message: 'Closed', context: 'a client' }), tone: 'off' },
  unknown: { word: msg`Not known`, tone: 'warn' },
}

export const NOTE_WORDS: Record<ClientNote['state'], { word: MessageDescriptor; tone: Tone }> = {
  waiting: { word: msg`Waits to be written`, tone: 'warn' },
  written: { word: msg({ message: 'Written', context: 'a note' }), tone: 'good' },
  revoked: { word: msg`Marked as revoked`, tone: 'off' },
  removed: { word: msg({ message: 'Removed', context: 'a note' }), tone: 'off' },
}

/** What a client is called on screens: some have no name, some no company. */
export const nameOf = ({ id, name, company }: Pick<Client, 'id' | 'name' | 'company'>): string =>
  name.trim() || company.trim() || t`Client ${id}`
