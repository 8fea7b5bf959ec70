import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

type Info = { importedIds: readonly string[] }
type Graph = { getModuleInfo: (id: string) => Info | null }
type Named = { name: string; roots: string[] }

/** What the way to the users list takes, in the order in which it is loaded. */
const FILES: Named[] = [
  { name: 'sign-in', roots: ['src/app/main.tsx', 'src/features/session/sign-in-page.tsx'] },
  { name: 'frame', roots: ['src/app/console.tsx'] },
  { name: 'list', roots: ['src/app/users-page.tsx'] },
].map(({ name, roots }) => ({ name, roots: roots.map((root) => fileURLToPath(new URL(root, import.meta.url))) }))

/** The pages on the way to the users list, as they are loaded. */
export const FIRST_ROOTS = new Set(FILES.flatMap(({ roots }) => roots))

// The checks of forms are for pages that come later, and what describes them leads to all of them.
const APART = /node_modules[/]zod[/]|packages[/]shared[/]/

/**
 * Names the file of each module that is on the way to the users list: three files and not a hundred. The same text in
 * one file is a sixth smaller once it is compressed, and is there after one request. What else there is stays where it is.
 */
export const firstFiles = () => {
  let names: Map<string, string> | null = null
  return (id: string, graph: Graph): string | null => {
    names ??= namesIn(graph)
    // A page of its own imports what it is made of, so that no file imports one that is loaded after it.
    return FIRST_ROOTS.has(id) ? null : (names.get(id) ?? null)
  }
}

/** What the way to the users list is made of. */
export const firstModules = (graph: Graph): Set<string> => new Set(namesIn(graph).keys())

const namesIn = (graph: Graph): Map<string, string> => {
  const names = new Map<string, string>()
  for (const file of FILES) {
    const open = [...file.roots]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (names.has(id) || APART.test(id)) continue
      names.set(id, file.name)
      open.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
    }
  }
  return names
}

const IMPORT = /import \{([^}]+)\} from '([^']+)'/g

/**
 * Imports from the one file that lists a whole library come from the files themselves: through the list every module
 * would lead to all others, and nobody could tell which of them a page takes.
 */
export const withoutBarrels = (...packages: string[]): Plugin => {
  const places = new Map(packages.map((name) => [name, placesIn(name)]))
  return {
    name: 'without-barrels',
    enforce: 'pre',
    transform: {
      filter: { id: /apps[/]web[/]src[/].+[.]tsx?$/ },
      handler: (code) => ({
        code: code.replace(IMPORT, (whole, names: string, from: string) => {
          const place = places.get(from)
          return place ? direct(names, place, from) : whole
        }),
        map: null,
      }),
    },
  }
}

const direct = (names: string, places: Map<string, string>, from: string): string => {
  const wanted = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const [types, values] = [wanted.filter(isType), wanted.filter((name) => !isType(name))]
  const rest = values.filter((name) => !places.has(name))
  const found = values.flatMap((name) => {
    const place = places.get(name)
    return place ? [`import { ${name} } from '${place}'`] : []
  })
  const plain = types.map((name) => name.replace('type ', ''))
  return [
    ...found,
    ...(rest.length > 0 ? [`import { ${rest.join(', ')} } from '${from}'`] : []),
    ...(plain.length > 0 ? [`import type { ${plain.join(', ')} } from '${from}'`] : []),
  ].join(';')
}

const isType = (name: string): boolean => name.startsWith('type ')

/** The file of each name that a library gives. */
const placesIn = (name: string): Map<string, string> => {
  const list = new URL(import.meta.resolve(name))
  const places = new Map<string, string>()
  for (const [, names = '', file = ''] of readFileSync(list, 'utf8').matchAll(/import \{ ([^}]+) \} from "([^"]+)"/g))
    for (const each of names.split(', ')) places.set(each, fileURLToPath(new URL(file, list)))
  return places
}
