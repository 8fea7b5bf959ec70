type Props = { colour: number; cx?: number; cy?: number | null }

/** A point without neighbours, which a line alone would not show. */
export function AloneDot({ colour, cx, cy }: Props) {
  return cx === undefined || cy === undefined || cy === null ? (
    <g />
  ) : (
    <circle cx={cx} cy={cy} r={2.5} fill={`var(--chart-${colour})`} />
  )
}
