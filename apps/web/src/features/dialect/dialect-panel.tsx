import { Trans, useLingui } from '@lingui/react/macro'
import type { Fact } from '@ostor-console/shared/dialect'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../ui/age.tsx'
import { Facts } from '../../ui/facts.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { dialectQuery } from './dialect.queries.ts'
import { nameOf, versionWords, wordOf } from './dialect-words.ts'
import './dialect.css'

/** Which version the gateway may be, how it speaks, and from what that is known. */
export function DialectPanel({ cluster, signature }: { cluster: string; signature: string }) {
  const { t } = useLingui()
  const dialect = useQuery(dialectQuery(cluster))
  return (
    <QueryPanel
      title={t`How the gateway speaks`}
      note={t`A gateway does not tell its version. It is learned from what it answers, or set by hand where the console is started.`}
      query={dialect}
    >
      {({ version, facts }) => (
        <Facts
          items={[
            [
              t`Version`,
              <Known key="version" words={versionWords(version)}>
                {version.set === null ? t`Learned from what it has and has not` : t`Set by hand`}
              </Known>,
            ],
            [
              t`Signature`,
              <Known key="signature" words={signature.toUpperCase()}>
                <Trans>Set by hand, or as by default</Trans>
              </Known>,
            ],
            ...facts.map((fact): [string, React.ReactNode] => [
              nameOf(fact.topic),
              <Known key={fact.topic} words={fact.way === null ? null : wordOf(fact.topic, fact.way)}>
                <Source fact={fact} />
              </Known>,
            ]),
          ]}
        />
      )}
    </QueryPanel>
  )
}

function Known({ words, children }: { words: string | null; children: React.ReactNode }) {
  if (words === null)
    return (
      <span className="dimmed">
        <Trans>not known yet</Trans>
      </span>
    )
  return (
    <>
      {words}
      <span className="dialect-source">{children}</span>
    </>
  )
}

const Source = ({ fact: { from, learnedAt } }: { fact: Fact }) => (
  <>
    {from && <ServerSentence text={from} />}
    {learnedAt && (
      <>
        , <Age at={learnedAt} />
      </>
    )}
  </>
)
