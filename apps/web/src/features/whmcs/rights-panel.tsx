import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { Age } from '../../ui/age.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import './whmcs.css'

/** What the credential may do at WHMCS, action by action. */
export function RightsPanel({ actions }: Pick<WhmcsStatus, 'actions'>) {
  const { t } = useLingui()
  if (actions.length === 0) return null
  return (
    <Panel title={t`What the console may do at WHMCS`} note={t`Give its API role these actions and no others.`}>
      <ul className="whmcs-actions">
        {actions.map(({ action, isNeeded, isAllowed }) => (
          <li key={action}>
            <StateDot tone={isAllowed === null ? 'off' : isAllowed ? 'good' : isNeeded ? 'bad' : 'off'}>
              <span className="mono">{action}</span>
            </StateDot>
            <span className="whmcs-under">{rightText(isNeeded, isAllowed)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const rightText = (isNeeded: boolean, isAllowed: boolean | null): string => {
  if (isNeeded) return isAllowed === null ? t`not tried yet` : isAllowed ? t`allowed` : t`missing`
  if (isAllowed === null) return t`not tried yet, not needed as it is set up`
  return isAllowed ? t`allowed, not needed as it is set up` : t`not allowed, not needed as it is set up`
}

type Database = NonNullable<WhmcsStatus['database']>

const DATABASE: Record<
  Database['state'],
  { word: MessageDescriptor; tone: 'good' | 'warn' | 'bad' | 'off'; meaning: MessageDescriptor }
> = {
  untried: {
    word: msg`Not asked yet`,
    tone: 'off',
    meaning: msg`No note had to be removed since the console started.`,
  },
  ok: {
    word: msg`As expected`,
    tone: 'good',
    meaning: msg`Our own notes are removed, by their number and their marker.`,
  },
  changed: {
    word: msg`The table has changed`,
    tone: 'warn',
    meaning: msg`Nothing is removed: that a key was revoked is one more note, until the procedures fit the table again.`,
  },
  unreachable: {
    word: msg`No answer`,
    tone: 'warn',
    meaning: msg`What is to be removed waits until the database is back.`,
  },
  refused: {
    word: msg`Refused`,
    tone: 'bad',
    meaning: msg`The database does not let the console call its two procedures. Look at the right to EXECUTE.`,
  },
}

/** The way into the database of WHMCS, or the addon inside it, where the mode has one. */
export function InsidePanel({ status: { mode, database, addonSeenAt } }: { status: WhmcsStatus }) {
  const { t } = useLingui()
  if (database === null && mode !== 'addon') return null
  return (
    <Panel title={database === null ? t`Addon` : t`Database of WHMCS`}>
      <div className="whmcs-state">
        {database && (
          <>
            <p>
              <StateDot tone={DATABASE[database.state].tone}>
                <strong>{t(DATABASE[database.state].word)}</strong>
              </StateDot>
            </p>
            <p>{t(DATABASE[database.state].meaning)}</p>
            {database.detail && (
              <p className="whmcs-detail">
                <ServerSentence text={database.detail} cap={400} />
              </p>
            )}
          </>
        )}
        {mode === 'addon' &&
          (addonSeenAt === null ? (
            <>
              <p>
                <StateDot tone="warn">
                  <strong>{t`It never came`}</strong>
                </StateDot>
              </p>
              <p>
                <Trans>
                  Activate the addon at WHMCS, give it the address of this console and the shared secret, and see that
                  the cron job of WHMCS runs.
                </Trans>
              </p>
            </>
          ) : (
            <p>
              <StateDot tone="good">
                <strong>{t`It comes by itself`}</strong>
              </StateDot>{' '}
              <span className="dimmed">
                <Trans>
                  last <Age at={addonSeenAt} />
                </Trans>
              </span>
            </p>
          ))}
      </div>
    </Panel>
  )
}
