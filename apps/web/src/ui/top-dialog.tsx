import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useFocusReturn } from './focus.ts'
import './top-dialog.css'

type Props = { title: string; onClose: () => void; children: ReactNode }

/** The browser's own dialog: it lies above every other one, and is there without the kit's. */
export function TopDialog({ title, onClose, children }: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the dialog takes the focus.
  useFocusReturn()

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog ref={dialog} className="top-dialog" aria-labelledby={id} onCancel={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
