import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { StatisticsDetail } from '@ostor-console/shared/statistics'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { VerbButton } from '../api/verb-button.tsx'
import { DecideStatistics, WithdrawDecision } from '../features/statistics/decide-statistics.tsx'
import { DeleteStatistics } from '../features/statistics/delete-statistics.tsx'
import { statisticsObjectQuery } from '../features/statistics/statistics.queries.ts'
import { StatisticsItems } from '../features/statistics/statistics-items.tsx'
import { Period } from '../features/statistics/statistics-table.tsx'
import { STATE_WORDS } from '../features/statistics/statistics-words.ts'
import { epochSeconds, formatSecond } from '../format/dates.ts'
import { Age } from '../ui/age.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { type Fact, Facts } from '../ui/facts.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { Page } from '../ui/page.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { ServerSentence } from '../ui/server-sentence.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import '../features/statistics/statistics.css'

const route = getRouteApi('/c/$cluster/statistics/$name')

export function StatisticsObjectPage() {
  const { t } = useLingui()
  const { cluster, name } = route.useParams()
  const navigate = route.useNavigate()
  const [deleting, setDeleting] = useState(false)
  const object = useQuery(statisticsObjectQuery(cluster, name))

  return (
    <Page
      title={t`Statistics object`}
      heading={<ForeignText text={name} cap={128} mono />}
      crumbs={
        <Link to="/c/$cluster/statistics" params={{ cluster }}>
          <Trans>Statistics objects</Trans>
        </Link>
      }
    >
      <QueryPanel
        title={t`Object`}
        query={object}
        actions={object.data && <DeleteButton object={object.data} onClick={() => setDeleting(true)} />}
      >
        {(data) => <ObjectFacts cluster={cluster} object={data} />}
      </QueryPanel>
      {object.data?.state === 'quarantined' && <DecideStatistics cluster={cluster} object={object.data} />}
      {object.data && (
        <QueryPanel title={t`Rows`} flush query={object}>
          {({ items, itemCount }) => <StatisticsItems cluster={cluster} items={items} isStored={itemCount !== null} />}
        </QueryPanel>
      )}
      {deleting && (
        <DeleteStatistics
          cluster={cluster}
          name={name}
          isBackedUp={object.data?.isBackedUp ?? false}
          onClose={() => setDeleting(false)}
          onReadAgain={() => {
            setDeleting(false)
            void object.refetch()
          }}
          onDeleted={() => void navigate({ to: '/c/$cluster/statistics', params: { cluster } })}
        />
      )}
    </Page>
  )
}

function DeleteButton({ object, onClick }: { object: StatisticsDetail; onClick: () => void }) {
  const { t } = useLingui()
  const { safeToDelete, state } = object
  return (
    <VerbButton
      verb="statistics.decide"
      reason={safeToDelete ? null : t(STATE_WORDS[state].whyNotDelete)}
      size="xs"
      color="red"
      variant="light"
      onClick={onClick}
    >
      <Trans>Delete at the gateway…</Trans>
    </VerbButton>
  )
}

const DECIDED = {
  assign: msg`counts from the time that was given`,
  count: msg`counts as it is`,
  exclude: msg`is left out`,
}

function ObjectFacts({ cluster, object }: { cluster: string; object: StatisticsDetail }) {
  const { t } = useLingui()
  const { decision, decidedBy, decidedAt } = object
  const { name, state, reason, formatVersion, serviceId, startedAt, readAt } = object
  const { word, tone, meaning } = STATE_WORDS[state]
  return (
    <Facts
      items={[
        [t`Name`, <CopyText key="name" text={name} label={t`object name`} cap={128} />],
        [
          t`State`,
          <span key="state">
            <StateDot tone={tone}>{t(word)}</StateDot>{' '}
            <span className="dimmed">{reason ? <ServerSentence text={reason} cap={200} /> : t(meaning)}</span>
          </span>,
        ],
        ...(decision === null
          ? []
          : [
              [
                t`Decided`,
                <span key="decided">
                  {t(DECIDED[decision])}{' '}
                  <span className="dimmed">
                    {decidedAt ? (
                      <Trans>
                        said {decidedBy} <Age at={decidedAt} />
                      </Trans>
                    ) : (
                      <Trans>said {decidedBy}</Trans>
                    )}
                  </span>{' '}
                  <WithdrawDecision cluster={cluster} object={object} />
                </span>,
              ] satisfies Fact,
            ]),
        [
          'fmt_version',
          formatVersion ?? (
            <span key="format" className="dimmed">
              <Trans>not read yet</Trans>
            </span>
          ),
          true,
        ],
        ['service_id', <ForeignText key="service" text={serviceId} mono />, true],
        [
          'start_ts',
          <span key="start" className="num">
            {epochSeconds(startedAt)} <span className="dimmed">{formatSecond(startedAt)}</span>
          </span>,
          true,
        ],
        [
          'period',
          <span key="period" className="num">
            {object.periodSeconds ?? object.nominalSeconds} <span className="dimmed">s · </span>
            <span className="dimmed">
              <Period object={object} />
            </span>
          </span>,
          true,
        ],
        [
          t({ message: 'Read', context: 'when the console read an object' }),
          readAt ? (
            <Age key="read" at={readAt} />
          ) : (
            <span key="unread" className="dimmed">
              <Trans>not yet</Trans>
            </span>
          ),
        ],
      ]}
    />
  )
}
