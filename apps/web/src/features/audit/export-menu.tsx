import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { useRefusal } from '../../api/role.ts'
import { ReasonButton } from '../../ui/reason-button.tsx'
import type { AuditFilter } from './audit.search.ts'

const nothing = () => {}

const FORMATS = { csv: msg`CSV, for a spreadsheet`, jsonl: msg`JSON lines, for a program` }

/** Files of all that the filter shows; the browser takes them as they come. */
export function ExportMenu({ cluster, filter }: { cluster: string; filter: AuditFilter }) {
  const { t } = useLingui()
  const refusal = useRefusal('audit.export')
  const address = (format: string) =>
    `/api/v1/clusters/${encodeURIComponent(cluster)}/audit/export?${new URLSearchParams({ format, ...filter }).toString()}`
  if (refusal !== null) {
    return (
      <ReasonButton reason={refusal} variant="default" onClick={nothing}>
        <Trans>Export</Trans>
      </ReasonButton>
    )
  }
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
          <Trans>Export</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(FORMATS).map(([format, label]) => (
          <Menu.Item key={format} component="a" href={address(format)} download>
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
