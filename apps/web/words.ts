import { fileURLToPath } from 'node:url'
import { getConfig } from '@lingui/conf'
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import type { Plugin } from 'vite'

export const configPath = fileURLToPath(new URL('lingui.config.ts', import.meta.url))

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
    noRest(),
  ]
}

/** The rest of a catalogue has nothing in it until a build takes the catalogue apart. */
const noRest = (): Plugin => ({
  name: 'no-rest-of-words',
  load: {
    filter: { id: /[.]po[?]rest$/ },
    handler: () => ({ code: 'export const messages = {}', moduleType: 'js' }),
  },
})
