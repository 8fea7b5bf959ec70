import { Table } from '@mantine/core'
import type { UsageSeries } from '@ostor-console/shared/usage'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { stepsOf } from './counters.ts'
import { OPERATIONS, TRAFFIC } from './usage-formats.ts'

/** The points of the charts as rows, newest first. */
export function UsageTable({ series }: { series: UsageSeries }) {
  const columns = [...TRAFFIC, ...OPERATIONS]
  return (
    <section className="usage-table" aria-label="Usage as a table" tabIndex={0}>
      <Table stickyHeader highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Time (UTC)</Table.Th>
            {columns.map(({ key, name }) => (
              <Table.Th key={key} scope="col" ta="right">
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col">Known</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stepsOf(series)
            .toReversed()
            .map(({ from, to, values, coverage }) => (
              <Table.Tr key={from}>
                <Table.Th scope="row" fw={400}>
                  <span className="num">{formatSpan(from, to)}</span>
                </Table.Th>
                {columns.map(({ key }) => (
                  <Table.Td key={key} ta="right" className="num" title={titleOf(key, values?.[key])}>
                    {textOf(key, values?.[key])}
                  </Table.Td>
                ))}
                <Table.Td>{COVERAGE[coverage]}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

const COVERAGE = { complete: 'complete', partial: 'incomplete: at least', unknown: 'no data' }

const isBytes = (key: string): boolean => key.endsWith('Bytes')

const textOf = (key: string, value: string | undefined): string => {
  if (value === undefined) return '–'
  return isBytes(key) ? formatBytes(value) : formatCount(value)
}

const titleOf = (key: string, value: string | undefined): string | undefined =>
  value !== undefined && isBytes(key) ? exactBytes(value) : undefined
