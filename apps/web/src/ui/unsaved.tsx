import { useLingui } from '@lingui/react/macro'
import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** While it is there, leaving the page, its tab or the user that it shows asks first. It says what would be lost. */
export function Unsaved({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => shownBy(current) !== shownBy(next),
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      title={t`Leave without saving?`}
      confirmLabel={t`Leave`}
      danger
      pending={false}
      error={null}
      onConfirm={blocker.proceed}
      onClose={blocker.reset}
    >
      <p>{children}</p>
    </ConfirmDialog>
  )
}

/** The page of a client has the user whom it shows in its address, beside the tab. */
const shownBy = ({ pathname, search }: { pathname: string; search: object }): string =>
  JSON.stringify([pathname, 'tab' in search && search.tab, 'user' in search && search.user])
