import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { midSentence } from '../../format/locale.ts'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { whmcsQuery } from './whmcs.queries.ts'
import { isRefused, STATE_WORDS } from './whmcs-words.ts'
import './whmcs-banner.css'

/** Over every page about WHMCS: that secrets go there, or that it refuses what it is told. */
export function WhmcsBanner({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const status = useQuery(whmcsQuery()).data
  if (!status) return null
  const { mode } = status
  const state = midSentence(t(STATE_WORDS[status.state].word))
  return (
    <>
      {mode === 'compat' && (
        <Alert color="red" role="alert" className="whmcs-banner" title={t`Secrets are written to WHMCS in clear text`}>
          <Trans>
            The mode is <strong translate="no">{mode}</strong>: whoever may read the notes of a client can read their
            keys, and so can backups and logs of WHMCS. Choose another mode as soon as nobody depends on it.
          </Trans>
        </Alert>
      )}
      {isRefused(status) && (
        <Alert color="red" role="alert" className="whmcs-banner" title={t`WHMCS is told nothing: ${state}`}>
          {status.detail === null ? t(STATE_WORDS[status.state].meaning) : <ServerSentence text={status.detail} />}{' '}
          <Link className="link" to="/c/$cluster/whmcs" params={{ cluster }} search={{}}>
            <Trans>What to do</Trans>
          </Link>
        </Alert>
      )}
    </>
  )
}
