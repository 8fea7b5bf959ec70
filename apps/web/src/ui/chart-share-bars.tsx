import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { NBSP } from './space.ts'
import './chart-share-bars.css'

export type ShareRow = {
  key: string
  /** As plain text, for an image. */
  name: string
  label: ReactNode
  value: string
  /** The value in full, for whom the short one is not enough. */
  exact: string
  share: string | null
  /** Length of the bar, from 0 to 1. */
  length: number
  rest?: boolean
}

/** A ranked list; each bar stands against the largest. */
export function ShareBars({ label, rows }: { label: string; rows: ShareRow[] }) {
  return (
    <ol className="share-bars" aria-label={label}>
      {rows.map(({ key, label: name, value, exact, share, length, rest }) => (
        <li key={key} {...(rest && { className: 'share-rest' })}>
          <span className="share-name">{name}</span>
          <span className="share-value" title={exact}>
            {value}
          </span>
          <span className="share-part">{share ?? '–'}</span>
          <span className="share-bar" aria-hidden="true">
            <span style={{ width: `${Math.max(0.5, length * 100)}%` }} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** As high as the list that comes. */
export const ShareBarsSkeleton = ({ rows }: { rows: number }) => (
  <output className="share-bars" aria-label={t`Loading`}>
    {Array.from({ length: rows }, (_, row) => (
      <span key={row} className="share-row">
        <span className="share-name">{NBSP}</span>
        <span className="share-value">{NBSP}</span>
        <span className="share-part">{NBSP}</span>
        <span className="share-bar" />
      </span>
    ))}
  </output>
)
