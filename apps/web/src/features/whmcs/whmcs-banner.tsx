import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { whmcsQuery } from './whmcs.queries.ts'
import { isRefused, STATE_WORDS } from './whmcs-words.ts'
import './whmcs-banner.css'

/** Over every page about WHMCS: that secrets go there, or that it refuses what it is told. */
export function WhmcsBanner({ cluster }: { cluster: string }) {
  const status = useQuery(whmcsQuery()).data
  if (!status) return null
  return (
    <>
      {status.mode === 'compat' && (
        <Alert color="red" role="alert" className="whmcs-banner" title="Secrets are written to WHMCS in clear text">
          The mode is <strong>compat</strong>: whoever may read the notes of a client can read their keys, and so can
          backups and logs of WHMCS. Choose another mode as soon as nobody depends on it.
        </Alert>
      )}
      {isRefused(status) && (
        <Alert
          color="red"
          role="alert"
          className="whmcs-banner"
          title={`WHMCS is told nothing: ${STATE_WORDS[status.state].word.toLowerCase()}`}
        >
          {status.detail ?? STATE_WORDS[status.state].meaning}{' '}
          <Link className="link" to="/c/$cluster/whmcs" params={{ cluster }} search={{}}>
            What to do
          </Link>
        </Alert>
      )}
    </>
  )
}
