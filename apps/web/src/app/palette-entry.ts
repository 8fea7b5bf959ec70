import type { Icon } from '@tabler/icons-react'

/** One thing to choose in the palette. */
export type Entry = {
  /** Unlike that of all others. */
  key: string
  label: string
  note?: string | undefined
  Icon: Icon
  /** Why it cannot be chosen. */
  refusal?: string | null
  /** As in the table of shortcuts. */
  keys?: string | undefined
  /** What came of choosing it. */
  said?: string | undefined
  /** The palette stays open. */
  stays?: boolean
  run: () => void
}

export type EntryGroup = { name: string; entries: Entry[] }

/** Those with every word of the text in them. */
export const matching = ({ name, entries }: EntryGroup, text: string): EntryGroup => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const has = ({ label }: Entry) => words.every((word) => label.toLowerCase().includes(word))
  return { name, entries: entries.filter(has) }
}
