import { readFileSync } from 'node:fs'
import {
  type Color,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
} from 'culori'
import { describe, expect, test } from 'vitest'

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

const THEMES = ['light', 'dark'] as const
type Eyes = (colour: string) => Color | undefined

const EYES: [string, Eyes][] = [
  ['all cones', (colour) => parse(colour)],
  ['deuteranopia', (colour) => dim(colour, filterDeficiencyDeuter(1))],
  ['protanopia', (colour) => dim(colour, filterDeficiencyProt(1))],
  ['tritanopia', (colour) => dim(colour, filterDeficiencyTrit(1))],
]

const dim = (colour: string, filter: (colour: Color) => Color | undefined): Color | undefined => {
  const parsed = parse(colour)
  return parsed && filter(parsed)
}

/** What a name comes to in a theme, through the names that it is said by. */
const colourOf = (name: string, theme: (typeof THEMES)[number]): string => {
  const own = tokens.slice(tokens.indexOf(`[data-mantine-color-scheme="${theme}"]`))
  const value = [own.slice(0, own.indexOf('\n}')), tokens]
    .map((block) => new RegExp(`--${name}: ([^;]+);`).exec(block)?.[1])
    .find((found) => found !== undefined)
  if (value === undefined) throw new Error(`tokens.css has no --${name}`)
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
  return other === undefined ? value : colourOf(other, theme)
}

const palette = (theme: (typeof THEMES)[number]) =>
  Array.from({ length: 10 }, (_, index) => colourOf(`chart-${index + 1}`, theme))

const distance = differenceCiede2000()

/** The pairs nearer than told to each other, as somebody with these eyes sees them. */
const near = (colours: string[], see: Eyes, least: number): string[] =>
  colours.flatMap((one, index) =>
    colours.slice(index + 1).flatMap((other) => {
      const apart = distance(see(one) ?? one, see(other) ?? other)
      return apart < least ? [`${one} ${other} are ${apart.toFixed(1)} apart`] : []
    }),
  )

describe.each(THEMES)('the colours of the charts, in the %s theme', (theme) => {
  test.each(EYES)('are told apart with %s', (_, see) => {
    // By CIEDE2000 one is a difference just noticed side by side. Most charts have no more than four series.
    expect(near(palette(theme), see, 9)).toEqual([])
    expect(near(palette(theme).slice(0, 4), see, 14)).toEqual([])
  })

  test('stand out from what they are drawn on', () => {
    const faint = palette(theme).filter((colour) => wcagContrast(colour, colourOf('panel', theme)) < 3)
    expect(faint).toEqual([])
  })

  test('and so do words and marks', () => {
    for (const name of ['ink', 'dimmed', 'placeholder', 'accent', 'good', 'warn', 'bad']) {
      for (const ground of ['panel', 'page', 'hover']) {
        expect(wcagContrast(colourOf(name, theme), colourOf(ground, theme)), `${name} on ${ground}`).toBeGreaterThan(
          4.5,
        )
      }
    }
  })
})
