import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { ErrorBoundary } from './error-boundary.tsx'

export type PanelProps = {
  title: string
  /** A quiet line under the title. */
  note?: ReactNode
  actions?: ReactNode
  /** Content reaches the edges of the panel: tables. */
  flush?: boolean
  busy?: boolean
  children: ReactNode
}

export function Panel({ title, note, actions, flush = false, busy = false, children }: PanelProps) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id} aria-busy={busy}>
      <header className="panel-head">
        <div>
          <Title order={2} id={id} size="h3">
            {title}
          </Title>
          {note && <div className="panel-note">{note}</div>}
        </div>
        {actions && <div className="panel-actions">{actions}</div>}
        <span className={busy ? 'progress-line progress-line-on' : 'progress-line'} aria-hidden="true" />
      </header>
      <div className={flush ? 'panel-flush' : 'panel-body'}>
        <ErrorBoundary what={title}>{children}</ErrorBoundary>
      </div>
    </section>
  )
}
