import { Button } from '@mantine/core'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'
import { RangePicker } from '../features/usage/range-picker.tsx'
import { useRange } from '../features/usage/use-range.ts'
import { formatInstant, formatSpan } from '../format/dates.ts'
import { timeZone } from '../format/preferences.ts'
import { type RangeChoice, resolveRange } from '../format/ranges.ts'
import { Page } from '../ui/page.tsx'
import './report.css'

type Props = { title: string; cluster: string; crumbs: ReactNode; children: (choice: RangeChoice) => ReactNode }

/** As wide as a sheet of paper, so that what is printed is what is seen. The range stands in the address. */
export function ReportFrame({ title, cluster, crumbs, children }: Props) {
  const [choice, choose] = useRange('last-month')
  const [now] = useState(() => new Date())
  const { from, to } = resolveRange(choice, now)
  const name = useQuery(sessionQuery()).data?.clusters.find(({ id }) => id === cluster)?.name ?? cluster
  return (
    <div className="report">
      <Page
        title={title}
        heading="Usage report"
        crumbs={crumbs}
        meta={
          <span>
            {formatSpan(from, to)} · {name} · made at {formatInstant(now.toISOString())} · times in {timeZone()}
          </span>
        }
        actions={
          <>
            <RangePicker choice={choice} onChoose={choose} />
            <Button
              size="xs"
              leftSection={<IconPrinter size={15} aria-hidden="true" />}
              onClick={() => globalThis.print()}
            >
              Print
            </Button>
          </>
        }
      >
        {children(choice)}
      </Page>
    </div>
  )
}
