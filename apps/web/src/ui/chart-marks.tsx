import type { ChartSeries } from './chart-series.ts'

export type Colour = ChartSeries['colour']

/** What tells series apart besides their colour: hatches where areas lie on each other, markers where lines cross. */
export type Marks = 'none' | 'hatches' | 'markers'

export const marksOf = (series: number, stacked: boolean): Marks =>
  series < 2 ? 'none' : stacked ? 'hatches' : 'markers'

/** The mark of a series in a legend. */
export const Swatch = ({ colour, marks = 'none' }: { colour: Colour; marks?: Marks | undefined }) => (
  <i className={`chart-swatch chart-swatch-${colour} chart-swatch-${marks}`} />
)

/** Lines of a tile of 8 by 8; the first series has none. */
export const HATCHES: Record<Colour, string> = {
  1: '',
  2: 'M-2 2l4-4M0 8l8-8M6 10l4-4',
  3: 'M-2 6l4 4M0 0l8 8M6-2l4 4',
  4: 'M0 6l4-4l4 4',
  5: 'M0 4h8',
  6: 'M4 0v8',
  7: 'M0 8l8-8M0 0l8 8',
  8: 'M3 4h2',
  9: 'M0 4h8M4 0v8',
  10: 'M0 2h8M0 6h8',
}

/** The patterns that `hatchFill` names, for the `defs` of a drawing. */
export const Hatches = ({ id, colours }: { id: string; colours: Colour[] }) =>
  colours.map((colour) => (
    <pattern key={colour} id={`${id}-${colour}`} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill={`var(--chart-${colour})`} fillOpacity={0.4} />
      <path d={HATCHES[colour]} fill="none" stroke={`var(--chart-${colour})`} strokeWidth={colour === 8 ? 2.5 : 1.5} />
    </pattern>
  ))

export const hatchFill = (id: string, colour: Colour): string => `url(#${id}-${colour})`

/** Around a point, for one colour after the other. */
export const MARKERS = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0',
  'M-3-3h6v6h-6z',
  'M0-4l4 7h-8z',
  'M0-4.5l4 4.5l-4 4.5l-4-4.5z',
] as const

/** How many markers a line has at most. */
const MARKED = 8

type Point = { colour: Colour; among: number; index?: number; cx?: number; cy?: number | null }

/** A marker at some of the points of a line, those of each series at other ones. */
export function Marker({ colour, among, index = 0, cx, cy }: Point) {
  const every = Math.max(1, Math.ceil(among / MARKED))
  const isMarked = cx !== undefined && cy !== undefined && cy !== null && index % every === colour % every
  return isMarked ? (
    <path
      d={MARKERS[(colour - 1) % MARKERS.length]}
      transform={`translate(${cx} ${cy})`}
      fill={`var(--chart-${colour})`}
      className="chart-marker"
    />
  ) : (
    <g />
  )
}
