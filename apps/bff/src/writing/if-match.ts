import { createHash } from 'node:crypto'

/** Changes with the values, and says nothing of them. */
export const versionOf = (values: number | Record<string, number>): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22)

/** Whether this is the version that the caller saw; a caller who says nothing did. */
export const isCurrent = (version: string, ifMatch: string | undefined): boolean =>
  ifMatch === undefined || ifMatch.replaceAll('"', '') === version
