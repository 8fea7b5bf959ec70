import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef } from 'react'

/** Covers the page with the browser's own modal dialog, which also takes the focus away from any dialog beneath. */
export function SignInAgain({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog ref={dialog} className="cover" aria-label={t`Sign in again`} onCancel={(event) => event.preventDefault()}>
      {children}
    </dialog>
  )
}
