import { type Drawing, element, inkOf } from './chart-image.ts'
import type { ShareRow } from './chart-share-bars.tsx'

const WIDTH = 640
const ROW = 34
const BASELINE = 14
const BAR = { y: 20, height: 6, rx: 3 }
const SIZE = 12
/** A name of wide letters is cut before it meets the value. */
const NAME_WIDTH = 460
/** Where the value ends; the share stands beside it. */
const VALUE_END = 576

/** The ranked list of `ShareBars` as a drawing. */
export const shareDrawing = (rows: ShareRow[]): Drawing => {
  const drawn = rows.map(({ name, value, share, length, rest = false }, index) => {
    const words = { y: BASELINE, 'font-size': SIZE, fill: inkOf(rest ? '--dimmed' : '--ink') }
    const end = { ...words, 'text-anchor': 'end' }
    return element(
      'svg',
      { y: index * ROW, width: WIDTH, height: ROW },
      element('svg', { width: NAME_WIDTH, height: ROW }, element('text', words, name)),
      element('text', { ...end, x: VALUE_END }, value),
      element('text', { ...end, x: WIDTH }, share ?? '–'),
      element('rect', { ...BAR, width: WIDTH, fill: inkOf('--line') }),
      element('rect', {
        ...BAR,
        width: Math.max(0.005, length) * WIDTH,
        fill: inkOf(rest ? '--dimmed' : '--accent'),
      }),
    )
  })
  return { element: element('svg', {}, ...drawn), width: WIDTH, height: rows.length * ROW }
}
