import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { useState } from 'react'
import type { Drawing, ImageWords } from './chart-image.ts'

type Props = { words: ImageWords; draw: () => Promise<Drawing> }

/** The chart as a file, with its title, legend and source in it. What makes the image is loaded when it is asked for. */
export function ChartSave({ words, draw }: Props) {
  const { t } = useLingui()
  const [failed, setFailed] = useState<string | null>(null)
  const save = async (kind: 'svg' | 'png') => {
    const [{ chartSvg, pngOf }, { saveBlob }] = await Promise.all([
      import('./chart-image.ts'),
      import('./save-file.ts'),
    ])
    const svg = chartSvg(await draw(), words)
    const blob = kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg)
    saveBlob(`${`${words.title} ${words.subject}`.toLowerCase().replaceAll(/[^\p{L}\p{N}_]+/gu, '-')}.${kind}`, blob)
  }
  const asked = (kind: 'svg' | 'png') => () => {
    setFailed(null)
    save(kind).catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)))
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
          <Menu.Item translate="no" onClick={asked('png')}>
            PNG
          </Menu.Item>
          <Menu.Item translate="no" onClick={asked('svg')}>
            SVG
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {failed !== null && (
        <span role="alert" className="button-failed">
          <Trans>Not saved: {failed}</Trans>
        </span>
      )}
    </>
  )
}
