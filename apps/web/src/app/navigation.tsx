import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sessionQuery } from '../features/session/session.queries.ts'
import { usePages } from './pages.ts'

export function Navigation({ cluster, onNavigate }: { cluster: string; onNavigate: () => void }) {
  const session = useQuery(sessionQuery()).data
  const { pages, attention } = usePages()
  return (
    <>
      <nav className="pages" aria-label="Pages">
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
                {attention}
                <span className="sr-only"> need attention</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <footer className="side-foot">Version {session?.version}</footer>
    </>
  )
}
