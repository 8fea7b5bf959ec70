import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const CONSOLE = fileURLToPath(new URL('src/app/console.tsx', import.meta.url))

/**
 * Names in the page what the console behind the sign-in is made of, so that it is fetched and compiled beside the
 * first file and not after it. Who is not signed in needs it next.
 */
export const preloadConsole = (): Plugin => ({
  name: 'preload-console',
  transformIndexHtml: {
    order: 'post',
    handler: (page, { bundle = {} }) => {
      const files = Object.values(bundle).filter((file) => file.type === 'chunk')
      const root = files.find(({ facadeModuleId }) => facadeModuleId === CONSOLE)
      const wanted = new Set(root ? [root.fileName] : [])
      // A set also goes through what is added to it meanwhile.
      for (const name of wanted)
        for (const next of files.find(({ fileName }) => fileName === name)?.imports ?? []) wanted.add(next)
      return [...wanted]
        .filter((name) => !page.includes(name))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
          injectTo: 'head',
        }))
    },
  },
})
