import type { Replication, ReplicationRule } from '@ostor-console/shared/replication'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../ui/age.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { replicationQuery } from './replication.queries.ts'
import './replication.css'

const WITHOUT: Record<Exclude<Replication['state'], 'configured'>, string> = {
  none: 'This bucket is not replicated.',
  'not-allowed':
    'Not known: the gateway does not show it to the key of the console. As a rule only the owner of a bucket may read it.',
  'not-supported': 'Not known: this gateway cannot be asked for it.',
}

/** Where a bucket is replicated to. It is shown and not changed. */
export function ReplicationPanel({ cluster, bucket }: { cluster: string; bucket: string }) {
  const replication = useQuery(replicationQuery(cluster, bucket))
  const { data } = replication
  return (
    <QueryPanel
      title="Replication"
      note={
        data && (
          <>
            Read from the gateway <Age at={data.readAt} />.
          </>
        )
      }
      query={replication}
    >
      {({ state, detail, remote, rules }) =>
        state === 'configured' ? (
          <>
            <Facts
              items={{
                'Other cluster': remote === null ? unknown : <CopyText text={remote} label="address" cap={96} />,
              }}
            />
            {rules.length === 0 && <p className="dimmed">It holds no rules.</p>}
            <ol className="replication-rules">
              {rules.map((rule, at) => (
                <li key={`${at} ${rule.id}`}>
                  <Rule rule={rule} />
                </li>
              ))}
            </ol>
          </>
        ) : (
          <>
            <p className="replication-none dimmed">{WITHOUT[state]}</p>
            {detail !== null && (
              <p className="replication-why dimmed">
                <ForeignText text={detail} cap={300} />
              </p>
            )}
          </>
        )
      }
    </QueryPanel>
  )
}

function Rule({ rule }: { rule: ReplicationRule }) {
  const { prefix, byTag, destinationBucket, status, priority, deleteMarkers } = rule
  return (
    <Facts
      items={{
        Objects: (
          <>
            {prefix === '' ? 'all' : <ForeignText text={prefix} cap={120} mono />}
            {byTag && ', of these only those with certain tags'}
          </>
        ),
        'To bucket': destinationBucket === null ? unknown : <ForeignText text={destinationBucket} cap={96} mono />,
        Status: said(status),
        Priority: said(priority),
        Deletions: said(deleteMarkers),
      }}
    />
  )
}

const said = (text: string | null) => (text === null ? unknown : <ForeignText text={text} cap={40} />)

const unknown = <span className="dimmed">not told</span>
