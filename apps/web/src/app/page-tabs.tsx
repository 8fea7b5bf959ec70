import { Skeleton, Tabs } from '@mantine/core'
import { type ReactNode, Suspense } from 'react'
import { ErrorBoundary } from '../ui/error-boundary.tsx'

type PageTab<Name extends string> = { tab: Name; title: string; panel: ReactNode }

type Props<Name extends string> = { tabs: PageTab<Name>[]; open: Name; onOpen: (tab: Name) => void }

/** The parts of a page, of which one is open; the others ask for nothing. */
export function PageTabs<Name extends string>({ tabs, open, onOpen }: Props<Name>) {
  const choose = (chosen: string | null) => {
    const found = tabs.find(({ tab }) => tab === chosen)
    if (found) onOpen(found.tab)
  }
  return (
    <Tabs value={open} keepMounted={false} onChange={choose}>
      <Tabs.List className="tabs">
        {tabs.map(({ tab, title }) => (
          <Tabs.Tab key={tab} value={tab}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ tab, title, panel }) => (
        <Tabs.Panel key={tab} value={tab} pt="md">
          <ErrorBoundary what={title}>
            <Suspense fallback={<Skeleton h={180} radius="md" />}>{panel}</Suspense>
          </ErrorBoundary>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
