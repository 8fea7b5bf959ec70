import { fileURLToPath } from 'node:url'
import type { HtmlTagDescriptor, Plugin } from 'vite'

/** The frame around every page, and the list, which most pages are made of. */
const ROOTS = ['src/app/console.tsx', 'src/app/users-page.tsx'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** The face of every text: where it came later than the first picture, each line would move. */
const FACE = /inter-latin-wght-normal.*\.woff2$/

/**
 * Names in the page what the console behind the sign-in is made of, the face of its texts, and the question whether anybody
 * is signed in, so that all are on their way beside the first file and not after it. Who holds no session is sent the page
 * without the console (apps/bff/src/plugins/static.ts).
 */
export const preloadConsole = (): Plugin => ({
  name: 'preload-console',
  transformIndexHtml: {
    order: 'post',
    handler: (page, { bundle = {} }) => {
      const files = Object.values(bundle).filter((file) => file.type === 'chunk')
      const roots = ROOTS.flatMap((root) => files.find(({ facadeModuleId }) => facadeModuleId === root) ?? [])
      const scripts = new Set(roots.map(({ fileName }) => fileName))
      const styles = new Set<string>()
      // A set also goes through what is added to it meanwhile.
      for (const name of scripts) {
        const file = files.find(({ fileName }) => fileName === name)
        for (const next of file?.imports ?? []) scripts.add(next)
        for (const style of file?.viteMetadata?.importedCss ?? []) styles.add(style)
      }
      const isNew = (name: string): boolean => !page.includes(name)
      return [
        { rel: 'preload', as: 'fetch', href: '/api/v1/session' },
        ...Object.keys(bundle)
          .filter((name) => FACE.test(name))
          .map((name) => ({ rel: 'preload', as: 'font', type: 'font/woff2', href: `/${name}` })),
        ...[...scripts].filter(isNew).map((name) => ({ rel: 'modulepreload', href: `/${name}`, ...BEHIND, ...LATER })),
        ...[...styles].filter(isNew).map((name) => ({ rel: 'preload', as: 'style', href: `/${name}`, ...BEHIND })),
      ].map(linked)
    },
  },
})

const BEHIND = { 'data-behind': 'sign-in' }

/** The sign-in has to come first where a session has ended. */
const LATER = { fetchpriority: 'low' }

const linked = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head',
})
