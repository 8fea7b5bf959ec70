/** What stands around a drawing when it leaves its page: nobody sees there whose figures these are, or how old. */
import { t } from '@lingui/core/macro'
import { type Colour, HATCHES, MARKERS, type Marks } from './chart-marks.tsx'
export type ImageWords = {
  title: string
  subject: string
  note: string
  total: string | null
  marks: ImageMark[]
  source: string
}
export type ImageMark = { colour: Colour; marks: Marks; text: string }

/** A drawing that says itself how it looks. */
export type Drawing = { element: SVGElement; width: number; height: number }

const SVG = 'http://www.w3.org/2000/svg'
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
const MARGIN = 20
const LINE = 20
const SMALL = 12
const SWATCH = 12
/** Of what a page's style sheets decide, that which an image has to say itself. */
const DRAWN = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
  'display',
  'visibility',
]

type Attributes = Record<string, string | number>

export const element = (name: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement => {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  made.append(...children)
  return made
}

/** A copy that looks the same without the style sheets of the page. */
const withItsStyle = (drawing: SVGElement): SVGElement => {
  const copy = drawing.cloneNode(false)
  if (!(copy instanceof SVGElement)) throw new TypeError('this is no drawing')
  const style = getComputedStyle(drawing)
  for (const name of DRAWN) copy.setAttribute(name, style.getPropertyValue(name))
  for (const name of ['class', 'style', 'tabindex', 'role']) copy.removeAttribute(name)
  for (const child of drawing.childNodes)
    copy.append(child instanceof SVGElement ? withItsStyle(child) : child.cloneNode(false))
  return copy
}

/** What is drawn on the page. */
export const drawnOnPage = (drawing: SVGSVGElement): Drawing => {
  const { width, height } = drawing.getBoundingClientRect()
  return { element: withItsStyle(drawing), width, height }
}

/** The value of a colour's name in the theme of the page, which no file knows. */
export const inkOf = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The mark of a series as its legend on the page has it: never told apart by colour alone. */
const markOf = ({ colour, marks }: ImageMark, x: number, y: number): SVGElement => {
  const ink = inkOf(`--chart-${colour}`)
  if (marks === 'markers')
    return element('path', {
      d: MARKERS[(colour - 1) % MARKERS.length] ?? '',
      transform: `translate(${x + SWATCH / 2} ${y + SWATCH / 2})`,
      fill: ink,
    })
  const box = { width: '100%', height: '100%', fill: ink }
  return element(
    'svg',
    { x, y, width: SWATCH, height: SWATCH, viewBox: `0 0 ${SWATCH} ${SWATCH}` },
    ...(marks === 'none'
      ? [element('rect', { ...box, rx: 3 })]
      : [
          element('rect', { ...box, 'fill-opacity': 0.4, stroke: ink }),
          element('path', {
            d: HATCHES[colour],
            fill: 'none',
            stroke: ink,
            'stroke-width': 1.5,
            transform: `scale(${SWATCH / 8})`,
          }),
        ]),
  )
}

const widthIn = (context: CanvasRenderingContext2D | null, text: string, size: number): number => {
  if (!context) return text.length * size * 0.6
  context.font = `${size}px ${FONT}`
  return context.measureText(text).width
}

/** Lays pieces out from left to right, and begins a line when the next one has no place: where each of them goes. */
const inLines = (widths: number[], gap: number, most: number): { x: number; line: number }[] => {
  let [x, line] = [0, 0]
  return widths.map((width) => {
    if (x > 0 && x + width > most) [x, line] = [0, line + 1]
    const place = { x, line }
    x += width + gap
    return place
  })
}

const linesOf = (places: { line: number }[]): number => (places.at(-1)?.line ?? -1) + 1

/** The drawing with its title, legend and source, as an SVG document that needs nothing else. */
export const chartSvg = ({ element: drawing, width: drawn, height }: Drawing, words: ImageWords): string => {
  const width = drawn + 2 * MARGIN
  const ink = getComputedStyle(document.body).color
  const paper = inkOf('--panel')
  const context = document.createElement('canvas').getContext('2d')
  const text = (x: number, y: number, said: string, size: number, more: Attributes = {}): SVGElement =>
    element('text', { x, y, 'font-size': size, fill: ink, ...more }, said)

  const marks = inLines(
    words.marks.map((mark) => SWATCH + 6 + widthIn(context, mark.text, SMALL)),
    LINE,
    drawn,
  )
  const said = words.source.split(' ')
  const sayings = inLines(
    said.map((word) => widthIn(context, word, SMALL)),
    widthIn(context, ' ', SMALL),
    drawn,
  )
  const { title, subject, note } = words
  const heading = [t`${title} of the ${subject} · ${note}`, ...(words.total === null ? [] : [words.total])]
  const legendAt = MARGIN + (heading.length + 1) * LINE
  const drawingAt = legendAt + linesOf(marks) * LINE
  const sourceAt = drawingAt + height + LINE
  const whole = sourceAt + linesOf(sayings) * LINE + MARGIN / 2

  for (const [name, value] of Object.entries({ x: MARGIN, y: drawingAt, width: drawn, height }))
    drawing.setAttribute(name, String(value))
  const svg = element(
    'svg',
    { xmlns: SVG, width, height: whole, viewBox: `0 0 ${width} ${whole}`, 'font-family': FONT },
    element('title', {}, words.title),
    element('rect', { width, height: whole, fill: paper }),
    ...heading.map((line, index) =>
      text(MARGIN, MARGIN + (index + 1) * LINE - 4, line, index === 0 ? 15 : 13, { 'font-weight': 600 }),
    ),
    ...words.marks.flatMap((mark, index) => {
      const { x = 0, line = 0 } = marks[index] ?? {}
      const y = legendAt + line * LINE
      return [markOf(mark, MARGIN + x, y - SWATCH + 2), text(MARGIN + x + SWATCH + 6, y, mark.text, SMALL)]
    }),
    drawing,
    ...said.map((word, index) => {
      const { x = 0, line = 0 } = sayings[index] ?? {}
      return text(MARGIN + x, sourceAt + line * LINE, word, SMALL, { 'fill-opacity': 0.75 })
    }),
  )
  return new XMLSerializer().serializeToString(svg)
}

/** The same as dots, twice as many as the screen of most has. */
export const pngOf = async (svg: string, scale = 2): Promise<Blob> => {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * scale
  canvas.height = image.naturalHeight * scale
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(t`The browser made no image of the chart.`))))
  })
}
