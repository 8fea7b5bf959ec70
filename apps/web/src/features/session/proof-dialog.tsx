import type { SecondFactorCode } from '@ostor-console/shared/session'
import { type ReactNode, useState } from 'react'
import { FormDialog } from '../../ui/form-dialog.tsx'
import './account.css'
import { CodeChoice, type Method } from './code-field.tsx'
import { OwnPassword } from './own-password.tsx'

type Props = {
  title: string
  children: ReactNode
  confirmLabel: string
  danger?: boolean
  /** What the proof is for. */
  change: { isPending: boolean; error: Error | null; reset: () => void }
  onConfirm: (proof: SecondFactorCode & { password: string }) => void
  onClose: () => void
}

/** Asks for both factors before one of them changes. */
export function ProofDialog({ title, children, confirmLabel, danger = false, change, onConfirm, onClose }: Props) {
  const [password, setPassword] = useState('')
  const [second, setSecond] = useState<{ method: Method; code: string }>({ method: 'app', code: '' })

  const cancel = () => {
    // It holds the password that was typed.
    change.reset()
    onClose()
  }

  return (
    <FormDialog
      title={title}
      label={confirmLabel}
      danger={danger}
      incomplete={password === '' || second.code.trim() === ''}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => onConfirm({ password, ...second })}
      onClose={cancel}
    >
      <div className="dialog-text">{children}</div>
      <OwnPassword value={password} onChange={setPassword} />
      <CodeChoice {...second} onChange={setSecond} />
    </FormDialog>
  )
}
