import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import './figure.css'

type Props = {
  label: string
  /** `null` is drawn as "unknown", never as 0. */
  value: ReactNode | null
  /** Every digit, on hover. */
  exact?: string
  /** Age, coverage, source, comparison. */
  note?: ReactNode
}

export function Figure({ label, value, exact, note }: Props) {
  return (
    <div className="figure">
      <span className="figure-label">{label}</span>
      <span className={value === null ? 'figure-value figure-unknown' : 'figure-value'} title={exact}>
        {value ?? <Trans>unknown</Trans>}
      </span>
      {note && <span className="figure-note">{note}</span>}
    </div>
  )
}

/** Figures side by side. */
export const Figures = ({ children }: { children: ReactNode }) => <div className="figures">{children}</div>
