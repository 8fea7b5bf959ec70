/** Holds a line for a text that is still being read. */
export const NBSP = '\u00A0'
