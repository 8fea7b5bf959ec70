import { type Drawing, element, inkOf } from './chart-image.ts'
import type { ShareRow } from './chart-share-bars.tsx'

const WIDTH = 640
const ROW = 34
const BAR = 6
const SIZE = 12
/** From the right edge to where the value ends, with the share beside it. */
const SHARE = 64

/** The ranked list of `ShareBars` as a drawing. */
export const shareDrawing = (rows: ShareRow[]): Drawing => {
  const [ink, line, dimmed, accent] = ['--ink', '--line', '--dimmed', '--accent'].map(inkOf)
  const height = rows.length * ROW
  const drawn = rows.flatMap(({ name, value, share, length, rest = false }, index) => {
    const y = index * ROW
    const text = (x: number, said: string, end: boolean) =>
      element(
        'text',
        {
          x,
          y: y + 14,
          'font-size': SIZE,
          fill: (rest ? dimmed : ink) ?? '',
          'text-anchor': end ? 'end' : 'start',
        },
        said,
      )
    const bar = (width: number, fill: string | undefined) =>
      element('rect', { x: 0, y: y + 20, width, height: BAR, rx: BAR / 2, fill: fill ?? '' })
    return [
      text(0, name, false),
      text(WIDTH - SHARE, value, true),
      text(WIDTH, share ?? '–', true),
      bar(WIDTH, line),
      bar(Math.max(BAR, length * WIDTH), rest ? dimmed : accent),
    ]
  })
  return { element: element('svg', {}, ...drawn), width: WIDTH, height }
}
