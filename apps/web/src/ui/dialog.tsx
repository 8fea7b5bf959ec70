import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFocusReturn } from './focus.ts'

type Props = {
  title: string
  size?: 'md' | 'lg'
  /** Without it only the buttons inside close the dialog. */
  onClose?: (() => void) | undefined
  children: ReactNode
}

/**
 * The kit's own dialog brings a second page header with it, which confuses screen readers; this one does not. A click
 * beside it does nothing, so that it stays when the button that opens it is clicked twice.
 */
export function Dialog({ title, size = 'md', onClose, children }: Props) {
  const { t } = useLingui()
  const closes = onClose !== undefined
  useFocusReturn()
  // The kit hears Escape wherever it is pressed; above a dialog of the browser's own it is not meant for this one.
  const close = () => {
    if (document.querySelector('dialog:modal') === null) onClose?.()
  }
  return (
    <Modal.Root opened centered size={size} onClose={close} closeOnEscape={closes} closeOnClickOutside={false}>
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          {closes && <Modal.CloseButton aria-label={t`Close`} />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
