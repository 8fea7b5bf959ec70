import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

type Chunk = { file: string; imports?: string[] }

/** What stands around every page, and all that a fresh browser takes for the sign-in and the users list in English. */
export const SHELL = ['index.html', 'src/app/console.tsx']
export const UP_TO_LIST = ['src/features/session/sign-in-page.tsx', ...SHELL, 'src/app/users-page.tsx']

/** The files of a build, by the sources that they were made of. */
export const builtFiles = (folder: string) => {
  const dist = new URL(`${folder}/`, import.meta.url)
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

  const chunkOf = (source: string): Chunk => {
    const chunk = manifest[source]
    if (!chunk) throw new Error(`The build has no file of ${source}`)
    return chunk
  }

  /** A source and everything that it needs before it runs. */
  const closure = (source: string, found = new Set<string>()): Set<string> => {
    const chunk = chunkOf(source)
    if (found.has(chunk.file)) return found
    found.add(chunk.file)
    for (const next of chunk.imports ?? []) closure(next, found)
    return found
  }

  return {
    sources: Object.keys(manifest),
    fileOf: (source: string): string => chunkOf(source).file,
    /** What all of these take together, in bytes after brotli. */
    weigh: (sources: string[]): { files: number; bytes: number } => {
      const files = new Set(sources.flatMap((source) => [...closure(source)]))
      const weights = Array.from(files, (file) => brotliCompressSync(readFileSync(new URL(file, dist))).length)
      return { files: files.size, bytes: weights.reduce((sum, bytes) => sum + bytes, 0) }
    },
  }
}
