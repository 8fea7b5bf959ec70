import './sparkline.css'

type Props = {
  /** Decimal texts in order of time; `null` where nothing is known. */
  values: (string | null)[]
}

const WIDTH = 96
const HEIGHT = 22

/** A line as small as a word. It breaks where nothing is known, and is dashed below where nothing is known at all. What it says has to stand beside it as text. */
export function Sparkline({ values }: Props) {
  const most = values.reduce((high, value) => (value === null ? high : Math.max(high, Number(value))), 0)
  const x = (index: number) => (values.length < 2 ? 0 : (index * WIDTH) / (values.length - 1))
  const y = (value: string) => (most === 0 ? HEIGHT - 1 : HEIGHT - 1 - (Number(value) / most) * (HEIGHT - 3))
  const path = values
    .map((value, index) => {
      if (value === null) return ''
      const isFirst = index === 0 || values[index - 1] === null
      return `${isFirst ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {path === '' ? (
        <line x1="0" y1={HEIGHT / 2} x2={WIDTH} y2={HEIGHT / 2} className="sparkline-unknown" />
      ) : (
        <path d={path} />
      )}
    </svg>
  )
}
