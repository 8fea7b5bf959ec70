import { Button } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import type { CsvRow } from './csv.ts'

/** What is shown as a file. The writer is loaded when it is asked for. */
export function CsvButton({ name, rows }: { name: string; rows: () => CsvRow[] }) {
  return (
    <Button
      size="xs"
      variant="default"
      translate="no"
      leftSection={<IconDownload size={14} aria-hidden="true" />}
      onClick={() => void import('./csv.ts').then(({ saveCsv }) => saveCsv(name, rows()))}
    >
      CSV
    </Button>
  )
}
