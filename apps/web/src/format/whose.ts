import { t } from '@lingui/core/macro'

export type Whose = { userId?: string | undefined; bucket?: string | undefined }

/** Whose figures these are, in words; of the whole cluster when neither is given. */
export const subjectOf = ({ userId, bucket }: Whose): string => {
  if (bucket !== undefined) return t`bucket ${bucket}`
  return userId === undefined ? t`whole cluster` : t`user ${userId}`
}
