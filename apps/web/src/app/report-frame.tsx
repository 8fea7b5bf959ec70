import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import type { ReactNode } from 'react'
import { RangePicker } from '../features/usage/range-picker.tsx'
import { useRange } from '../features/usage/use-range.ts'
import { timeZone } from '../format/preferences.ts'
import type { RangeChoice } from '../format/ranges.ts'
import { Page } from '../ui/page.tsx'
import './report.css'

type Props = { title: string; crumbs: ReactNode; children: (choice: RangeChoice) => ReactNode }

/** As wide as a sheet of paper, so that what is printed is what is seen. The range stands in the address. */
export function ReportFrame({ title, crumbs, children }: Props) {
  const { t } = useLingui()
  const [choice, choose] = useRange('last-month')
  return (
    <div className="report">
      <Page
        title={title}
        heading={t`Usage report`}
        crumbs={crumbs}
        meta={<span>{t`All times in ${timeZone()}`}</span>}
        actions={
          <>
            <RangePicker choice={choice} onChoose={choose} />
            <Button
              size="xs"
              leftSection={<IconPrinter size={15} aria-hidden="true" />}
              onClick={() => globalThis.print()}
            >
              <Trans>Print</Trans>
            </Button>
          </>
        }
      >
        {children(choice)}
      </Page>
    </div>
  )
}
