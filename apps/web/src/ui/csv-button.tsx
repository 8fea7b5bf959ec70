import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { useState } from 'react'
import type { CsvRow } from './csv.ts'

/** What is shown as a file. The writer is loaded when it is asked for. */
export function CsvButton({ name, rows }: { name: string; rows: () => CsvRow[] }) {
  const [failed, setFailed] = useState<string | null>(null)
  const save = async () => {
    const { saveCsv } = await import('./csv.ts')
    saveCsv(name, rows())
  }
  const asked = () => {
    setFailed(null)
    save().catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)))
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        translate="no"
        leftSection={<IconDownload size={14} aria-hidden="true" />}
        onClick={asked}
      >
        CSV
      </Button>
      {failed !== null && (
        <span role="alert" className="button-failed">
          <Trans>Not saved: {failed}</Trans>
        </span>
      )}
    </>
  )
}
