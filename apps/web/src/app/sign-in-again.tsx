import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'

/** Covers the page with the browser's own modal dialog, which also takes the focus away from any dialog beneath. */
export function SignInAgain({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  // The page beneath did not change, and so does not name the tab again.
  useLayoutEffect(() => {
    const { title } = document
    return () => {
      document.title = title
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className="cover"
      aria-label={t`Sign in again`}
      onCancel={(event) => event.preventDefault()}
      // Browsers let nobody be held by a dialog, and close it at the second Escape.
      onClose={() => dialog.current?.showModal()}
    >
      {children}
    </dialog>
  )
}
