import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'
import { useLastError } from '../ui/last-error.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { Splash } from '../ui/splash.tsx'
import { ENTERED, loadConsole, loadedConsole } from './first-picture.ts'
import { SignInAgain } from './sign-in-again.tsx'

const LaterConsole = lazy(loadConsole)

const SignInPage = lazy(() => import('../features/session/sign-in-page.tsx'))
const JoinPage = lazy(() => import('../features/session/join-page.tsx'))
const SetupPage = lazy(() => import('../features/session/setup-page.tsx'))

/**
 * Decides between sign-in, set-up and the console. The address stays what it was, so that the way back after sign-in
 * can only be a page of our own, and a console that was open stays mounted under the sign-in with all that was typed.
 */
export function Gate() {
  // One and the same for as long as the page is open, because another component would be mounted anew.
  const [Console] = useState(() => loadedConsole() ?? LaterConsole)
  const [joins, setJoins] = useState(() => window.location.pathname === '/join')
  const session = useQuery(sessionQuery())
  const error = useLastError(session)
  const adminId = session.data?.admin?.id ?? null
  const { entered, isOther } = useEntered(joins ? null : adminId)
  useConsoleAhead(session.data !== undefined && adminId === null && !joins)

  if (isOther) return <Splash />
  if (!session.data) {
    if (!error) return <Splash />
    return (
      <Splash>
        <ProblemAlert error={error} onRetry={() => void session.refetch()} isRetrying={session.isFetching} />
      </Splash>
    )
  }

  const { state, version } = session.data
  // A link that somebody was given counts for more than whoever is signed in here.
  if (joins && state !== 'setup-required') {
    return (
      <Suspense fallback={<Splash />}>
        <JoinPage
          version={version}
          onJoined={() => {
            window.history.replaceState(null, '', '/')
            setJoins(false)
          }}
        />
      </Suspense>
    )
  }
  const isOut = state === 'signed-out' || state === 'second-factor-required'
  return (
    <Suspense fallback={<Splash />}>
      {state === 'setup-required' && <SetupPage version={version} />}
      {isOut && !entered && <SignInPage session={session.data} />}
      {entered && <Console />}
      {isOut && entered && (
        <SignInAgain>
          <SignInPage session={session.data} again />
        </SignInAgain>
      )}
    </Suspense>
  )
}

/** The admin whose console is mounted; after a lost session the same one goes on where they were, and no other. */
function useEntered(adminId: string | null): { entered: string | null; isOther: boolean } {
  const queryClient = useQueryClient()
  const [entered, setEntered] = useState(adminId)
  const wasOut = useRef(adminId === null)
  if (adminId !== null && entered === null) setEntered(adminId)
  const isOther = adminId !== null && entered !== null && adminId !== entered

  useEffect(() => {
    // As after signing out, a fresh page is the one sure way to leave nothing of the admin before in memory.
    if (isOther) window.location.reload()
  }, [isOther])

  useEffect(() => {
    if (adminId === null) wasOut.current = true
    if (adminId === null || isOther) return
    window.localStorage.setItem(ENTERED, 'yes')
    if (!wasOut.current) return
    wasOut.current = false
    // What failed or grew old while nobody was signed in is read again; a first load under way is left alone.
    void queryClient.invalidateQueries({
      predicate: ({ queryKey, state }) => queryKey[0] !== 'session' && state.status !== 'pending',
    })
  }, [adminId, isOther, queryClient])

  return { entered, isOther }
}

/** Whoever types into the sign-in, or presses something there, needs the console next. */
function useConsoleAhead(isOut: boolean): void {
  useEffect(() => {
    // Where it does not come, it is asked for again when it is to be drawn.
    const ahead = () => void loadConsole().catch(() => undefined)
    const signs = isOut ? ['input', 'keydown', 'pointerdown'] : []
    for (const sign of signs) window.addEventListener(sign, ahead, { once: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, ahead)
    }
  }, [isOut])
}
