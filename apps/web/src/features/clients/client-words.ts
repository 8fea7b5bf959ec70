import type { Client, ClientNote, ClientStatus } from '@ostor-console/shared/clients'

type Tone = 'good' | 'warn' | 'bad' | 'off'

export const STATUS_WORDS: Record<ClientStatus, { word: string; tone: Tone }> = {
  active: { word: 'Active', tone: 'good' },
  inactive: { word: 'Inactive', tone: 'warn' },
  closed: { word: 'Closed', tone: 'off' },
  unknown: { word: 'Not known', tone: 'warn' },
}

export const NOTE_WORDS: Record<ClientNote['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'Waits to be written', tone: 'warn' },
  written: { word: 'Written', tone: 'good' },
  revoked: { word: 'Marked as revoked', tone: 'off' },
  removed: { word: 'Removed', tone: 'off' },
}

/** What a client is called on screens: some have no name, some no company. */
export const nameOf = ({ id, name, company }: Pick<Client, 'id' | 'name' | 'company'>): string =>
  name.trim() || company.trim() || `Client ${id}`
