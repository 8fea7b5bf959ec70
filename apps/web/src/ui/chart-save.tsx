import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { type RefObject, useState } from 'react'
import type { ImageMark, ImageWords } from './chart-image.ts'
import type { ChartSeries } from './chart-series.ts'

type Words = Omit<ImageWords, 'marks'> & { series: ChartSeries[]; totals: Record<string, string> | null }
type Props = { figure: RefObject<HTMLElement | null>; words: Words }

/** The chart as a file, with its title, legend and source in it. What makes the image is loaded when it is asked for. */
export function ChartSave({ figure, words }: Props) {
  const { t } = useLingui()
  const [failed, setFailed] = useState<string | null>(null)
  const save = async (kind: 'svg' | 'png') => {
    const drawing = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface')
    if (!drawing) throw new Error(t`The chart is still being drawn; try again in a moment.`)
    const [{ chartSvg, pngOf }, { saveBlob }] = await Promise.all([
      import('./chart-image.ts'),
      import('./save-file.ts'),
    ])
    const svg = chartSvg(drawing, { ...words, marks: marksOf(words) })
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
          <Menu.Item onClick={asked('png')}>PNG</Menu.Item>
          <Menu.Item onClick={asked('svg')}>SVG</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {failed !== null && (
        <span role="alert" className="chart-save-failed">
          <Trans>Not saved: {failed}</Trans>
        </span>
      )}
    </>
  )
}

const marksOf = ({ series, totals }: Words): ImageMark[] =>
  series.map(({ key, name, colour }) => ({
    colour: getComputedStyle(document.documentElement).getPropertyValue(`--chart-${colour}`).trim(),
    text: [name, totals?.[key]].filter(Boolean).join(' '),
  }))
