import { Trans, useLingui } from '@lingui/react/macro'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { adviceOn } from './connection-advice.ts'
import type { BrokenConnection } from './connection-state.ts'
import './connection.css'

type Props = { connection: BrokenConnection; endpoint: string }

/** What stands between the console and the gateway, and what to do, step by step. */
export function ConnectionHelp({ connection, endpoint }: Props) {
  const { t } = useLingui()
  const { what, steps } = adviceOn(connection, endpoint)
  const { detail, checkedAt, lastOkAt } = connection
  const lastOk = lastOkAt ? formatInstant(lastOkAt) : null
  return (
    <div className="connection-help">
      <p>{what}</p>
      {detail && (
        <p className="dimmed">
          <Trans>
            It said: <ServerSentence text={detail} cap={300} />
          </Trans>
        </p>
      )}
      <ol>
        {steps.map(({ text, command }) => (
          <li key={text}>
            {text}
            {command && (
              <span className="connection-command">
                <CopyText text={command} label={t`command`} cap={200} />
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className="dimmed">
        <Trans>
          Address <ForeignText text={endpoint} mono />
        </Trans>
        {' · '}
        <Trans>
          checked <Age at={checkedAt} />
        </Trans>
        {' · '}
        {lastOk === null ? t`no good answer since the console started` : t`last good answer ${lastOk}`}
      </p>
    </div>
  )
}
