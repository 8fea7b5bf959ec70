import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import './whmcs.css'

/** What the credential may do at WHMCS, action by action. */
export function RightsPanel({ actions }: Pick<WhmcsStatus, 'actions'>) {
  if (actions.length === 0) return null
  return (
    <Panel title="What the console may do at WHMCS" note="Give its API role these actions and no others.">
      <ul className="whmcs-actions">
        {actions.map(({ action, isNeeded, isAllowed }) => (
          <li key={action}>
            <StateDot tone={isAllowed === null ? 'off' : isAllowed ? 'good' : isNeeded ? 'bad' : 'off'}>
              <span className="mono">{action}</span>
            </StateDot>
            <span className="whmcs-under">
              {isAllowed === null ? 'not tried yet' : isAllowed ? 'allowed' : isNeeded ? 'missing' : 'not allowed'}
              {!isNeeded && ', not needed as it is set up'}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

type Database = NonNullable<WhmcsStatus['database']>

const DATABASE: Record<Database['state'], { word: string; tone: 'good' | 'warn' | 'bad' | 'off'; meaning: string }> = {
  untried: { word: 'Not asked yet', tone: 'off', meaning: 'No note had to be removed since the console started.' },
  ok: { word: 'As expected', tone: 'good', meaning: 'Our own notes are removed, by their number and their marker.' },
  changed: {
    word: 'The table has changed',
    tone: 'warn',
    meaning: 'Nothing is removed: that a key was revoked is one more note, until the procedures fit the table again.',
  },
  unreachable: { word: 'No answer', tone: 'warn', meaning: 'What is to be removed waits until the database is back.' },
  refused: {
    word: 'Refused',
    tone: 'bad',
    meaning: 'The database does not let the console call its two procedures. Look at the right to EXECUTE.',
  },
}

/** The way into the database of WHMCS, or the addon inside it, where the mode has one. */
export function InsidePanel({ status: { mode, database, addonSeenAt } }: { status: WhmcsStatus }) {
  if (database === null && mode !== 'addon') return null
  return (
    <Panel title={database === null ? 'Addon' : 'Database of WHMCS'}>
      <div className="whmcs-state">
        {database && (
          <>
            <p>
              <StateDot tone={DATABASE[database.state].tone}>
                <strong>{DATABASE[database.state].word}</strong>
              </StateDot>
            </p>
            <p>{DATABASE[database.state].meaning}</p>
            {database.detail && (
              <p className="whmcs-detail">
                <ForeignText text={database.detail} cap={400} />
              </p>
            )}
          </>
        )}
        {mode === 'addon' &&
          (addonSeenAt === null ? (
            <>
              <p>
                <StateDot tone="warn">
                  <strong>It never came</strong>
                </StateDot>
              </p>
              <p>
                Activate the addon at WHMCS, give it the address of this console and the shared secret, and see that the
                cron job of WHMCS runs.
              </p>
            </>
          ) : (
            <p>
              <StateDot tone="good">
                <strong>It comes by itself</strong>
              </StateDot>{' '}
              <span className="dimmed">
                last <Age at={addonSeenAt} />
              </span>
            </p>
          ))}
      </div>
    </Panel>
  )
}
