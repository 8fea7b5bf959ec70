import { msg, t } from '@lingui/core/macro'
import { NewPassword } from '@ostor-console/shared/session'

export const PASSWORD_HINT = msg`15 characters or more: a few words that have nothing to do with each other are good.`

type Found = { password?: string; repeated?: string }

/** What is wrong with a password that was chosen and typed twice; nothing when it can be taken. */
export const wrongWithPassword = (password: string, repeated: string): Found => {
  const issue = NewPassword.safeParse(password).error?.issues[0]
  if (issue?.code === 'too_big')
    return { password: t`The password must have at most ${Number(issue.maximum)} characters` }
  if (issue?.code === 'too_small')
    return { password: t`The password must have at least ${Number(issue.minimum)} characters` }
  return password === repeated ? {} : { repeated: t`The two passwords differ` }
}
