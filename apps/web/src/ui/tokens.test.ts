import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const SRC = new URL('../', import.meta.url).pathname
const files = (pattern: string): string[] =>
  globSync(pattern, { cwd: SRC }).filter((file) => !/ui\/tokens\.css$|\.test\.tsx?$/.test(file))

/** Where a source says it, without what a comment says. */
const findings = (file: string, wrong: RegExp): string[] =>
  readFileSync(`${SRC}${file}`, 'utf8')
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .split('\n')
    .flatMap((line, index) => (wrong.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []))

const COLOUR = /#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})\b(?!-)|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i
const NAMED_COLOUR =
  /(?:color|background|border[\w-]*|outline|fill|stroke|shadow): [^;]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow)\b/
const TEXT = /(?<!-)(?:font-size|line-height|fontSize)(?::|=)[^;]*\dpx/
const SPACE =
  /(?<![\w-])(?:padding|margin|gap|row-gap|column-gap|border-spacing)(?:-\w+)*: [^;]*(?<![\d.])(?:[2-9]|\d{2,})px/
const CORNER = /(?<![\w-])border-radius: [^;]*(?:[4-9]|\d{2,})px/

describe('every value of the design stands in tokens.css', () => {
  const styles = files('**/*.css')
  const all = [...styles, ...files('**/*.{ts,tsx}')]

  test.each([
    ['colours', COLOUR, all],
    ['colours by name', NAMED_COLOUR, styles],
    ['sizes of text', TEXT, all],
    ['spaces', SPACE, styles],
    ['corners', CORNER, styles],
  ])('%s', (_, wrong, sources) => {
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.flatMap((file) => findings(file, wrong))).toEqual([])
  })

  test('and each that a source names exists', () => {
    const own = all.flatMap(
      (file) => readFileSync(`${SRC}${file}`, 'utf8').match(/(?<=^\s*)--[a-z][\w-]*(?=:)/gm) ?? [],
    )
    const tokens = readFileSync(`${SRC}ui/tokens.css`, 'utf8').match(/--[a-z][\w-]*(?=:)/g) ?? []
    const known = new Set([...own, ...tokens])
    const named = all.flatMap(
      (file) => readFileSync(`${SRC}${file}`, 'utf8').match(/(?<=var\()--[a-z][\w-]*(?=[),])/g) ?? [],
    )
    expect(named.filter((name) => !known.has(name) && !/^--(mantine|alert|app-shell)-/.test(name))).toEqual([])
  })
})
