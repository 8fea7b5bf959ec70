import { type ReactNode, useRef } from 'react'
import { useHeadingAfterwards } from './focus.ts'
import './empty-state.css'

type Props = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }

export function EmptyState({ icon, title, children, action }: Props) {
  const place = useRef<HTMLDivElement>(null)
  useHeadingAfterwards(place)
  return (
    <div ref={place} className="empty">
      {icon && (
        <span className="empty-icon" aria-hidden="true">
          {icon}
        </span>
      )}
      <strong>{title}</strong>
      {children && <div className="empty-text">{children}</div>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  )
}
