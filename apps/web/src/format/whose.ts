export type Whose = { userId?: string | undefined; bucket?: string | undefined }

/** Whose figures these are, in words; of the whole cluster when neither is given. */
export const subjectOf = ({ userId, bucket }: Whose): string => {
  if (bucket !== undefined) return `bucket ${bucket}`
  return userId === undefined ? 'whole cluster' : `user ${userId}`
}
