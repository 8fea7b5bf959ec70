import type { HeatMap } from '@ostor-console/shared/usage'
import { type Drawing, element, inkOf } from '../../ui/chart-image.ts'
import { HOURS, mostOf, shareOf, weekdays } from './heat-map-cells.ts'

const CELL = { width: 28, height: 22 }
const GAP = 2
const LEFT = 40
const TOP = 20
const SIZE = 12
const EVERY = 3

/** The table of the hours as a drawing. */
export const heatDrawing = (map: HeatMap): Drawing => {
  const most = mostOf(map)
  const dimmed = inkOf('--dimmed')
  const text = (x: number, y: number, said: string, anchor: string) =>
    element('text', { x, y, 'font-size': SIZE, fill: dimmed, 'text-anchor': anchor }, said)
  const hours = HOURS.filter((hour) => hour % EVERY === 0).map((hour) =>
    text(LEFT + hour * CELL.width + (CELL.width - GAP) / 2, SIZE, String(hour), 'middle'),
  )
  const names = weekdays()
  const days = names.map((day, weekday) => text(0, TOP + weekday * CELL.height + SIZE + GAP, day, 'start'))
  const cells = map.cells.map((cell) => {
    const share = shareOf(most, cell)
    return element('rect', {
      x: LEFT + cell.hour * CELL.width,
      y: TOP + cell.weekday * CELL.height,
      width: CELL.width - GAP,
      height: CELL.height - GAP,
      rx: 3,
      stroke: inkOf('--line'),
      ...(share === null ? { fill: 'url(#unknown)' } : { fill: inkOf('--chart-1'), 'fill-opacity': share / 100 }),
    })
  })
  const hatch = element(
    'pattern',
    { id: 'unknown', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: inkOf('--chart-hatch'), 'stroke-width': 1.5 }),
  )
  return {
    element: element('svg', {}, element('defs', {}, hatch), ...hours, ...days, ...cells),
    width: LEFT + HOURS.length * CELL.width,
    height: TOP + names.length * CELL.height,
  }
}
