import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { PeoplePanel } from '../features/admins/people-panel.tsx'
import { RolesPanel } from '../features/admins/roles-panel.tsx'
import { sessionQuery } from '../features/session/session.queries.ts'
import { EveryTokenPanel } from '../features/tokens/every-token-panel.tsx'
import { Page } from '../ui/page.tsx'

/** Who may sign in to this console, and what each role may do. */
export function PeoplePage() {
  const { t } = useLingui()
  const selfId = useQuery(sessionQuery()).data?.admin?.id ?? ''
  return (
    <Page title={t`People`} meta={t`Who may sign in to this console, and what each role may do`}>
      <PeoplePanel selfId={selfId} />
      <EveryTokenPanel />
      <RolesPanel />
    </Page>
  )
}
