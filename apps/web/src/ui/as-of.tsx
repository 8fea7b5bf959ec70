import { Trans, useLingui } from '@lingui/react/macro'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import { formatInstant } from '../format/dates.ts'
import { Age } from './age.tsx'
import { ServerSentence } from './server-sentence.tsx'

type Props = { freshness: { asOf: string; staleReason: string | null }; source?: string }

/** When the figures were true, and why they are old if they are. */
export function AsOf({ freshness: { asOf, staleReason }, source }: Props) {
  const { t } = useLingui()
  return (
    <span className={staleReason ? 'as-of as-of-old' : 'as-of'}>
      {staleReason && <IconAlertTriangle size={14} aria-hidden="true" />}
      <span>
        {staleReason ? (
          <Trans>
            Stale since {formatInstant(asOf)} — <ServerSentence text={staleReason} />
          </Trans>
        ) : (
          <>
            {source ?? t`Read from the gateway`} <Age at={asOf} />
          </>
        )}
      </span>
    </span>
  )
}
