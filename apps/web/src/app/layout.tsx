import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { AppShell, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { LimitContext, RoleContext } from '../api/role.ts'
import { WhatBecame } from '../features/audit/what-became.tsx'
import { ConnectionBanner } from '../features/connection/connection-banner.tsx'
import { IdentityDialog } from '../features/session/identity-dialog.tsx'
import { sessionQuery } from '../features/session/session.queries.ts'
import { Brand } from '../ui/brand.tsx'
import { OutcomeContext } from '../ui/outcome-context.ts'
import { bannerOnDemand } from '../ui/panel-on-demand.tsx'
import { usePreferences } from '../ui/use-preferences.ts'
import { useServerWordsAhead } from '../words/server-words.ts'
import { AdminMenu } from './admin-menu.tsx'
import { ClusterHealth } from './cluster-health.tsx'
import { ClusterName } from './cluster-name.tsx'
import { ColourScheme } from './colour-scheme.tsx'
import type { Over } from './keyboard.tsx'
import { KeyboardOnDemand } from './keyboard-on-demand.tsx'
import { LimitMark } from './limit-mark.tsx'
import { limitWords } from './limit-words.ts'
import { Navigation } from './navigation.tsx'
import { NotFound } from './not-found.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { Reach } from './reach.tsx'
import { SearchButton } from './search-button.tsx'
import { SecondStepFirst } from './second-step-first.tsx'

const EmergencyBanner = bannerOnDemand(
  () => import('../features/session/emergency-banner.tsx'),
  () => t`Who may sign in in an emergency`,
)

const whatBecame = (operationId: string) => <WhatBecame operationId={operationId} />

const route = getRouteApi('/c/$cluster')

export function Layout() {
  useServerWordsAhead()
  const { t } = useLingui()
  const { cluster: id } = route.useParams()
  const session = useQuery(sessionQuery()).data
  const clusters = session?.clusters ?? []
  const cluster = clusters.find((each) => each.id === id)
  const [open, drawer] = useDisclosure()
  // What stands around the page is written in the units and times that were chosen, too.
  usePreferences()
  const [over, setOver] = useState<Over>(null)

  return (
    <RoleContext value={session?.admin?.role ?? null}>
      <LimitContext value={limitWords(session)}>
        <AppShell
          layout="alt"
          header={{ height: 52 }}
          navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !open } }}
          padding={0}
          transitionDuration={0}
        >
          <a className="skip" href="#main">
            <Trans>Skip to the page</Trans>
          </a>
          <AppShell.Header className="top">
            <Burger
              opened={open}
              onClick={drawer.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={open ? t`Close the menu` : t`Open the menu`}
            />
            {cluster && <ClusterName cluster={cluster} clusters={clusters} />}
            {cluster && !session?.owesSecondStep && <ClusterHealth cluster={id} />}
            <Group gap={4} wrap="nowrap" className="top-end">
              <SearchButton onOpen={() => setOver('palette')} />
              <LimitMark />
              <ColourScheme />
              <AdminMenu onShortcuts={() => setOver('shortcuts')} />
            </Group>
          </AppShell.Header>
          <AppShell.Navbar className="side" onKeyDown={(event) => event.key === 'Escape' && drawer.close()}>
            <Group justify="space-between" h={52} px="md" wrap="nowrap">
              <Brand />
              <Burger opened={open} onClick={drawer.close} hiddenFrom="sm" size="sm" aria-label={t`Close the menu`} />
            </Group>
            <Navigation cluster={id} onNavigate={drawer.close} />
          </AppShell.Navbar>
          <AppShell.Main id="main" tabIndex={-1} className="main">
            {session?.emergency && <EmergencyBanner emergency={session.emergency} />}
            <OfflineBanner />
            {cluster && !session?.owesSecondStep && <ConnectionBanner cluster={id} endpoint={cluster.endpoint} />}
            <OutcomeContext value={whatBecame}>
              {cluster ? (
                <SecondStepFirst>
                  <Reach cluster={id}>
                    <Outlet />
                  </Reach>
                </SecondStepFirst>
              ) : (
                <NotFound />
              )}
            </OutcomeContext>
            <div id="menus" />
          </AppShell.Main>
        </AppShell>
        <KeyboardOnDemand cluster={id} over={over} onOver={setOver} />
        <IdentityDialog email={session?.admin?.email ?? ''} />
      </LimitContext>
    </RoleContext>
  )
}
