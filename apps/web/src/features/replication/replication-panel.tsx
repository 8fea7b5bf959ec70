import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Replication, ReplicationRule } from '@ostor-console/shared/replication'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../ui/age.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { replicationQuery } from './replication.queries.ts'
import './replication.css'

const WITHOUT: Record<Exclude<Replication['state'], 'configured'>, MessageDescriptor> = {
  none: msg`This bucket is not replicated.`,
  'not-allowed': msg`Not known: the gateway does not show it to the key of the console. As a rule only the owner of a bucket may read it.`,
  'not-supported': msg`Not known: this gateway cannot be asked for it.`,
}

/** Where a bucket is replicated to. It is shown and not changed. */
export function ReplicationPanel({ cluster, bucket }: { cluster: string; bucket: string }) {
  const { t } = useLingui()
  const replication = useQuery(replicationQuery(cluster, bucket))
  const { data } = replication
  return (
    <QueryPanel
      title={t`Replication`}
      note={
        data && (
          <Trans>
            Read from the gateway <Age at={data.readAt} />.
          </Trans>
        )
      }
      query={replication}
    >
      {({ state, detail, remote, rules }) =>
        state === 'configured' ? (
          <>
            <Facts
              items={{
                [t`Other cluster`]: remote === null ? unknown : <CopyText text={remote} label={t`address`} cap={96} />,
              }}
            />
            {rules.length === 0 && <p className="dimmed">{t`It holds no rules.`}</p>}
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
            <p className="replication-none dimmed">{t(WITHOUT[state])}</p>
            {detail !== null && (
              <p className="replication-why dimmed">
                <ServerSentence text={detail} cap={300} />
              </p>
            )}
          </>
        )
      }
    </QueryPanel>
  )
}

function Rule({ rule }: { rule: ReplicationRule }) {
  const { t } = useLingui()
  const { destinationBucket, status, priority, deleteMarkers } = rule
  return (
    <Facts
      items={{
        [t`Objects`]: <Objects rule={rule} />,
        [t`To bucket`]: destinationBucket === null ? unknown : <ForeignText text={destinationBucket} cap={96} mono />,
        [t`Status`]: said(status),
        [t`Priority`]: said(priority),
        [t`Deletions`]: said(deleteMarkers),
      }}
    />
  )
}

function Objects({ rule: { prefix, byTag } }: { rule: ReplicationRule }) {
  if (prefix === '') return byTag ? <Trans>all, of these only those with certain tags</Trans> : <Trans>all</Trans>
  const text = <ForeignText text={prefix} cap={120} mono />
  return byTag ? <Trans>{text}, of these only those with certain tags</Trans> : text
}

const said = (text: string | null) => (text === null ? unknown : <ForeignText text={text} cap={40} />)

const unknown = (
  <span className="dimmed">
    <Trans>not told</Trans>
  </span>
)
