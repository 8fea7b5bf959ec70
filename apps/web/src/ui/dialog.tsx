import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  title: string
  size?: 'md' | 'lg'
  /** Without it only the buttons inside close the dialog. */
  onClose?: (() => void) | undefined
  /** A click beside it loses nothing. */
  closesByClickOutside?: boolean
  children: ReactNode
}

const nothing = () => {}

/** The kit's own dialog brings a second page header with it, which confuses screen readers; this one does not. */
export function Dialog({ title, size = 'md', onClose, closesByClickOutside = true, children }: Props) {
  const closes = onClose !== undefined
  return (
    <Modal.Root
      opened
      centered
      size={size}
      onClose={onClose ?? nothing}
      closeOnEscape={closes}
      closeOnClickOutside={closes && closesByClickOutside}
    >
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          {closes && <Modal.CloseButton aria-label="Close" />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
