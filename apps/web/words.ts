import { fileURLToPath } from 'node:url'
import { getConfig } from '@lingui/conf'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import type { Plugin } from 'vite'

const configPath = fileURLToPath(new URL('lingui.config.ts', import.meta.url))

/**
 * Turns the macros into calls and the catalogues into modules. The macros by Babel, because the library's own transform
 * comes for Node 22 and later only, and what installs the console is the Node of the machine.
 */
export const texts = () => {
  // It recommends that other transform at each start.
  process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1'
  // English stays in the source, so that it takes no catalogue.
  const options = { descriptorFields: 'message', linguiConfig: getConfig({ configPath }) } as const
  return [
    babel({ presets: [linguiTransformerBabelPreset(options, { configPath })] }),
    lingui({ configPath, failOnCompileError: true }),
  ]
}

/**
 * Turns each English text in the source into its parts, as the compiler of the catalogues does with theirs: the browser
 * then needs no parser of messages, and no catalogue for English.
 */
export const englishInParts = (): Plugin => ({
  name: 'english-in-parts',
  apply: 'build',
  transform: {
    order: 'post',
    filter: { id: /apps[/]web[/]src[/].+[.]tsx?$/, code: /\bmessage\b/ },
    handler(code) {
      let parted = code
      for (const { start, end, value } of textsIn(this.parse(code)).toSorted((a, b) => b.start - a.start))
        parted = parted.slice(0, start) + JSON.stringify(compileMessage(value)) + parted.slice(end)
      return { code: parted, map: null }
    },
  },
})

type Text = { start: number; end: number; value: string }
type Field = { key: { name: string }; value: Text }

/** The `message` of every object that has an `id` beside it, which only the macros write. */
const textsIn = (node: unknown): Text[] => {
  if (Array.isArray(node)) return node.flatMap(textsIn)
  if (typeof node !== 'object' || node === null) return []
  const inside = Object.values(node).flatMap(textsIn)
  if (!('properties' in node) || !Array.isArray(node.properties)) return inside
  const fields = node.properties.filter(isText)
  const message = fields.find(({ key }) => key.name === 'message')
  return message && fields.some(({ key }) => key.name === 'id') ? [...inside, message.value] : inside
}

const isText = (field: { key?: { name?: unknown }; value?: { type?: unknown; value?: unknown } }): field is Field =>
  typeof field.key?.name === 'string' && field.value?.type === 'Literal' && typeof field.value.value === 'string'
