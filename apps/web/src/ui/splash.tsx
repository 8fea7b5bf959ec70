import { useLingui } from '@lingui/react/macro'
import { Loader } from '@mantine/core'
import type { ReactNode } from 'react'

/** The whole window before there is a page: a spinner that waits a moment before it shows, or what went wrong. */
export function Splash({ children }: { children?: ReactNode }) {
  const { t } = useLingui()
  return (
    <main className="splash">
      {children ? <div className="splash-box">{children}</div> : <Loader className="late" aria-label={t`Loading`} />}
    </main>
  )
}
