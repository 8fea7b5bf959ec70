import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs'
import { Link, useMatches } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFleetRefusal } from '../api/role.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { ABOUT_ALL } from './about-all.ts'

/** A page about all users says why it is out of reach, in place of a panel after the other that was refused. */
export function Reach({ cluster, children }: { cluster: string; children: ReactNode }) {
  const refusal = useFleetRefusal()
  const path = useMatches().at(-1)?.fullPath ?? ''
  const { t } = useLingui()
  const name = ABOUT_ALL[path]
  if (refusal === null || name === undefined) return children
  const title = t(name)
  return (
    <Page title={title}>
      <section className="list" aria-label={title}>
        <EmptyState
          icon={<IconLock size={22} />}
          title={t`This page is out of reach`}
          action={
            <Button size="xs" renderRoot={(props) => <Link to="/c/$cluster/users" params={{ cluster }} {...props} />}>
              <Trans>Your users</Trans>
            </Button>
          }
        >
          {refusal}{' '}
          <Trans>Each of your users has a page with their own figures. Ask an admin of the console for more.</Trans>
        </EmptyState>
      </section>
    </Page>
  )
}
