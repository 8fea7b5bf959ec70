import { Trans, useLingui } from '@lingui/react/macro'
import { useDebouncedValue } from '@mantine/hooks'
import type { OverDefault as Found } from '@ostor-console/shared/quotas'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { ErrorSentence } from '../../ui/error-sentence.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { caveatsOf, countsOf, overText } from './over-default-words.ts'
import { overDefaultQuery } from './quotas.queries.ts'

type Props = { cluster: string; of: 'user' | 'bucket'; size: number; bytesPerGb: string | null }

const TYPING_MS = 400

/** Who stores more now than the default that is being typed; nothing waits for it. */
export function OverDefault({ cluster, of, size, bytesPerGb }: Props) {
  const { t } = useLingui()
  const [asked] = useDebouncedValue(size, TYPING_MS)
  const { data, error, isPlaceholderData } = useQuery(overDefaultQuery(cluster, of, asked))
  if (!data)
    return (
      error && (
        <p className="dimmed">
          <Trans>
            Who would be over it could not be found out: <ErrorSentence error={error} />
          </Trans>
        </p>
      )
    )
  const [most = 0] = countsOf(data, bytesPerGb)
  const isOver = most > 0
  return (
    <output className="quota-outlook" aria-busy={isPlaceholderData || asked !== size}>
      <span className={isOver ? 'quota-over' : undefined}>
        {isOver && <IconAlertTriangle size={15} aria-hidden="true" />}
        {overText(data, of, bytesPerGb)}
      </span>
      {isOver && (
        <Largest cluster={cluster} of={of} largest={data.largest.slice(0, most)} isAll={most <= data.largest.length} />
      )}
      <span className="dimmed">
        {caveatsOf(data, of)} <AsOf freshness={data.freshness} source={t`Sizes read from the gateway`} />
      </span>
    </output>
  )
}

type LargestProps = Pick<Props, 'cluster' | 'of'> & Pick<Found, 'largest'> & { isAll: boolean }

function Largest({ cluster, of, largest, isAll }: LargestProps) {
  const { t } = useLingui()
  const shown = formatCount(largest.length)
  return (
    <>
      <span className="dimmed">{isAll ? t`By size:` : t`The largest ${shown}:`}</span>
      <ul className="plain-list quota-largest">
        {largest.map(({ id, label, storedBytes }) => (
          <li key={id}>
            <ForeignText text={label} cap={48} />
            <span className="num" title={exactBytes(storedBytes)}>
              {formatBytes(storedBytes)}
            </span>
          </li>
        ))}
      </ul>
      <Link
        className="link"
        to={of === 'user' ? '/c/$cluster/users' : '/c/$cluster/buckets'}
        params={{ cluster }}
        search={{ sort: '-storedBytes' }}
      >
        {of === 'user' ? t`All users by size` : t`All buckets by size`}
      </Link>
    </>
  )
}
