import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import type { Drawing, ImageWords } from './chart-image.ts'
import { useSaving } from './use-saving.tsx'

type Props = { words: ImageWords; draw: () => Promise<Drawing> }

/** The chart as a file, with its title, legend and source in it. What makes the image is loaded when it is asked for. */
export function ChartSave({ words, draw }: Props) {
  const { t } = useLingui()
  const [start, notSaved] = useSaving()
  const save = async (kind: 'svg' | 'png') => {
    const [{ chartSvg, pngOf }, { saveBlob }] = await Promise.all([
      import('./chart-image.ts'),
      import('./save-file.ts'),
    ])
    const svg = chartSvg(await draw(), words)
    const blob = kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg)
    saveBlob(`${`${words.title} ${words.subject}`.toLowerCase().replaceAll(/[^\p{L}\p{N}_]+/gu, '-')}.${kind}`, blob)
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t`Save ${words.title} as an image`} className="chart-save">
            <IconDownload size={14} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item translate="no" onClick={() => start(() => save('png'))}>
            PNG
          </Menu.Item>
          <Menu.Item translate="no" onClick={() => start(() => save('svg'))}>
            SVG
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {notSaved}
    </>
  )
}
