import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sessionQuery } from '../features/session/session.queries.ts'
import { usePages } from './pages.ts'

export function Navigation({ cluster, onNavigate }: { cluster: string; onNavigate: () => void }) {
  const session = useQuery(sessionQuery()).data
  const { t } = useLingui()
  const { pages, attention } = usePages()
  return (
    <>
      <nav className="pages" aria-label={t`Pages`}>
        {pages.map(({ to, name, Icon }) => (
          <Link
            key={to}
            to={to}
            params={{ cluster }}
            className="page-link"
            activeProps={{ className: 'page-link-here' }}
            activeOptions={{ includeSearch: false }}
            onClick={onNavigate}
          >
            <Icon size={17} stroke={1.7} aria-hidden="true" />
            {name}
            {to === '/c/$cluster/whmcs' && attention > 0 && (
              <span className="page-count">
                <Trans>
                  {attention}
                  <span className="sr-only"> need attention</span>
                </Trans>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <footer className="side-foot">
        <Trans>Version {session?.version}</Trans>
      </footer>
    </>
  )
}
