import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { Connection } from '@ostor-console/shared/cluster'
import type { Collector } from '@ostor-console/shared/collector'
import IconCircle from '@tabler/icons-react/dist/esm/icons/IconCircle.mjs'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useRefusal } from '../api/role.ts'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { Panel } from '../ui/panel.tsx'
import { usersSummaryQuery } from './overview.queries.ts'
import './first-steps.css'

type Step = { name: string; isDone: boolean; what: ReactNode }

/** What a new console still lacks. It watches by itself, and is gone when nothing is missing or nobody wants it. */
export function FirstSteps({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const [isHidden, hide] = useHidden(cluster)
  const mayCreate = useRefusal('user.create') === null
  const connection = useQuery(connectionQuery(cluster)).data
  const collector = useQuery(collectorQuery(cluster)).data
  const users = useQuery(usersSummaryQuery(cluster)).data
  // Nothing is called missing that is only not known now.
  if (isHidden || !mayCreate || !connection || !collector || !users) return null
  // The user of the console's own key is always there.
  const steps = stepsOf(cluster, connection, collector, users.summary.total > 1)
  const all = steps.length
  const done = steps.filter(({ isDone }) => isDone).length
  if (done === all) return null
  return (
    <Panel
      title={t`First steps`}
      note={t`${done} of ${all} done; each is marked by itself when it is`}
      actions={
        <Button size="xs" variant="default" onClick={hide}>
          <Trans>Hide this guide</Trans>
        </Button>
      }
    >
      <ol className="first-steps" aria-label={t`First steps`}>
        {steps.map(({ name, isDone, what }) => (
          <li key={name} className={isDone ? 'first-step first-step-done' : 'first-step'}>
            {isDone ? <IconCircleCheck size={20} aria-hidden="true" /> : <IconCircle size={20} aria-hidden="true" />}
            <div>
              <strong>{name}</strong>
              <span className="sr-only">{isDone ? t`, done` : t`, still missing`}</span>
              {!isDone && <div className="first-step-what">{what}</div>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

const stepsOf = (cluster: string, connection: Connection, collector: Collector, hasUser: boolean): Step[] => [
  {
    name: t`The gateway answers`,
    isDone: connection.state === 'ok' || collector.historyFrom !== null,
    what: t`The banner above says what is wrong and what to do.`,
  },
  {
    name: t`Usage statistics come in`,
    isDone: collector.state !== 'off' && collector.collectedAt !== null,
    what:
      collector.state === 'off'
        ? t`The notice below says how they are switched on.`
        : t`They come when the gateway has closed its first period.`,
  },
  {
    name: t`The first user`,
    isDone: hasUser,
    what: (
      <Link to="/c/$cluster/users" params={{ cluster }} className="link">
        <Trans>Create a user</Trans>
      </Link>
    ),
  },
  {
    name: t`A backup of the history`,
    isDone: collector.backup !== null,
    what: (
      <Trans>
        Set <code>BACKUP_DIR</code> and restart the console: it backs up every night and reads each backup back.
      </Trans>
    ),
  },
]

const KEY = 'ostor-console.first-steps-hidden'

const hiddenIn = (): string[] => {
  try {
    return window.localStorage.getItem(KEY)?.split(' ') ?? []
  } catch {
    return []
  }
}

/** Whether this browser was told to leave the guide away for the cluster. */
function useHidden(cluster: string): [isHidden: boolean, hide: () => void] {
  const [clusters, setClusters] = useState(hiddenIn)
  const hide = () => {
    const all = [...new Set([...clusters, cluster])]
    setClusters(all)
    try {
      window.localStorage.setItem(KEY, all.join(' '))
    } catch {
      // A browser that keeps nothing shows it again when the page is loaded anew.
    }
  }
  return [clusters.includes(cluster), hide]
}
