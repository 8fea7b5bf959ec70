import { Button } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import type { CsvRow } from './csv.ts'
import { useSaving } from './use-saving.tsx'

/** What is shown as a file. The writer is loaded when it is asked for. */
export function CsvButton({ name, rows }: { name: string; rows: () => CsvRow[] }) {
  const [start, notSaved] = useSaving()
  const save = async () => {
    const { saveCsv } = await import('./csv.ts')
    saveCsv(name, rows())
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        translate="no"
        leftSection={<IconDownload size={14} aria-hidden="true" />}
        onClick={() => start(save)}
      >
        CSV
      </Button>
      {notSaved}
    </>
  )
}
