import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

type Chunk = { file: string; imports?: string[] }

const dist = new URL(`${process.argv[2] ?? 'dist'}/`, import.meta.url)
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

/** A chunk and everything that it needs before it runs. */
const closure = (name: string, found = new Set<string>()): Set<string> => {
  const chunk = manifest[name]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const next of chunk.imports ?? []) closure(next, found)
  return found
}

const SHELL = ['index.html', 'src/app/console.tsx']
const pages: Record<string, string[]> = {
  'sign-in': ['index.html', 'src/features/session/sign-in-page.tsx'],
  'sign-in + users list': ['src/features/session/sign-in-page.tsx', ...SHELL, 'src/app/users-page.tsx'],
}
for (const name of Object.keys(manifest)) {
  const [, page] = /^src\/app\/(.+)-page\.tsx$/.exec(name) ?? []
  if (page) pages[page] = [...SHELL, name]
}

for (const [page, names] of Object.entries(pages)) {
  const files = new Set(names.flatMap((name) => [...closure(name)]))
  const bytes = [...files].reduce((sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, dist))).length, 0)
  process.stdout.write(`${page.padEnd(24)}${(bytes / 1000).toFixed(1).padStart(8)} kB  ${files.size} files\n`)
}
