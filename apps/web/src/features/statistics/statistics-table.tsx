import { Table } from '@mantine/core'
import type { StatisticsObject } from '@ostor-console/shared/statistics'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { STATE_WORDS } from './statistics-words.ts'

export function StatisticsTable({ cluster, objects }: { cluster: string; objects: StatisticsObject[] }) {
  return (
    <section className="statistics-scroll" aria-label="Statistics objects" tabIndex={0}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Object</Table.Th>
            <Table.Th scope="col">Start</Table.Th>
            <Table.Th scope="col">Period</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col" ta="right">
              Rows
            </Table.Th>
            <Table.Th scope="col">Read</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {objects.map((object) => (
            <Row key={object.name} cluster={cluster} object={object} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function Row({ cluster, object }: { cluster: string; object: StatisticsObject }) {
  const { name, startedAt, state, itemCount, readAt, reason } = object
  const { word, tone, meaning } = STATE_WORDS[state]
  return (
    <Table.Tr>
      <Table.Td>
        <Link className="link" to="/c/$cluster/statistics/$name" params={{ cluster, name }}>
          <ForeignText text={name} cap={96} mono />
        </Link>
      </Table.Td>
      <Table.Td className="num">{formatInstant(startedAt)}</Table.Td>
      <Table.Td className="num">
        <Period object={object} />
      </Table.Td>
      <Table.Td>
        <span title={reason ?? meaning}>
          <StateDot tone={tone}>{word}</StateDot>
        </span>
      </Table.Td>
      <Table.Td className="num" ta="right">
        {itemCount === null ? '–' : formatCount(itemCount)}
      </Table.Td>
      <Table.Td className="num">{readAt === null ? '–' : <Age at={readAt} />}</Table.Td>
    </Table.Tr>
  )
}

/** What is really covered; the name's own period where the two differ. */
export function Period({ object: { periodSeconds, nominalSeconds } }: { object: StatisticsObject }) {
  if (periodSeconds === null) return `${formatDuration(nominalSeconds)} by its name`
  if (periodSeconds === nominalSeconds) return formatDuration(periodSeconds)
  return `${formatDuration(periodSeconds)} of ${formatDuration(nominalSeconds)}`
}
