import type { ClientLink } from '@ostor-console/shared/clients'

/** Which of a client's S3 users is shown, as the address says it; two clusters may have users of one id. */
export type ShownUser = { user?: string | undefined; of?: string | undefined }

/** The one that is asked for; else the first. */
export const shownLink = (links: readonly ClientLink[], { user, of }: ShownUser): ClientLink | undefined =>
  links.find(({ userId, cluster }) => userId === user && cluster === of) ??
  links.find(({ userId }) => userId === user) ??
  links[0]
