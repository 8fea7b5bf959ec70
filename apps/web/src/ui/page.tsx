import { useLingui } from '@lingui/react/macro'
import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTitle } from './title.ts'

type Props = {
  /** Plain text, for the tab of the browser; also the heading unless `heading` is given. */
  title: string
  heading?: ReactNode
  crumbs?: ReactNode
  /** One quiet line under the heading: totals, age. */
  meta?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Page({ title, heading, crumbs, meta, actions, children }: Props) {
  const { t } = useLingui()
  useTitle(title)
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-name">
          {crumbs && (
            <nav className="crumbs" aria-label={t`Path`}>
              {crumbs}
            </nav>
          )}
          <Title order={1} tabIndex={-1}>
            {heading ?? title}
          </Title>
          {meta && <div className="page-meta">{meta}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
