import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import type { SsoProblem } from '@ostor-console/shared/single-sign-on'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { sessionQuery } from './session.queries.ts'

type Props = { name: string; again: boolean; isOnlyWay: boolean }

/** The way to the provider. Where a page waits beneath, in a tab of its own, so that nothing typed is lost. */
export function SingleSignOn({ name, again, isOnlyWay }: Props) {
  const queryClient = useQueryClient()

  useEffect(() => {
    const look = () => void (again && queryClient.invalidateQueries(sessionQuery()))
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [again, queryClient])

  return (
    <>
      <Button component="a" href={addressOf()} fullWidth {...(again && { target: '_blank', rel: 'noopener' })}>
        <Trans>Continue with {name}</Trans>
      </Button>
      {!isOnlyWay && (
        <div className="entry-or">
          <Trans>or with an account of the console</Trans>
        </div>
      )}
    </>
  )
}

/** Why the provider's answer led to no session, as the address says. */
export function SsoFailed({ name }: { name: string }) {
  const { t } = useLingui()
  const problem = new URLSearchParams(window.location.search).get('problem')
  const said = Object.entries(wordsOf(name)).find(([code]) => code === problem)?.[1]
  if (window.location.pathname !== '/sign-in' || !said) return null
  return (
    <Alert color="red" role="alert" title={t`You are not signed in`}>
      {said}
    </Alert>
  )
}

const addressOf = (): string => {
  const { pathname, search } = window.location
  const returnTo = pathname === '/sign-in' ? (new URLSearchParams(search).get('returnTo') ?? '/') : pathname + search
  return `/api/v1/session/oidc?${new URLSearchParams({ returnTo }).toString()}`
}

const wordsOf = (name: string): Record<SsoProblem, string> => ({
  denied: t`The sign-in with ${name} was cancelled or refused there. Try again, or use an account of the console.`,
  expired: t`This sign-in took longer than five minutes, was used before, or began in another browser. Begin again.`,
  failed: t`The answer of ${name} cannot be trusted. Begin again; if it stays so, the log of the console says why.`,
  unreachable: t`No answer came from ${name}. Try again in a moment, or use an account of the console.`,
  'no-role': t`You are in no group that may use this console. Ask whoever runs it to give your group a role.`,
  'somebody-else': t`You came back from ${name} as somebody else than who is signed in here. Sign in there as yourself, or sign out here first.`,
  disabled: t`Your access to this console is disabled. Ask an admin of the console.`,
  off: t`Single sign-on is not set up here. Use an account of the console.`,
})
