import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = globSync(['{apps,packages}/**/*.test.ts', 'tests/**/*.test.ts'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
})

/** The text of the one file of tests that a page names by its end. */
export const testsIn = (file: string): string => {
  const found = files.filter((path) => path.endsWith(`/${file}`) || path === file)
  if (found.length !== 1) throw new Error(`${found.length} files are meant by ${file}`)
  return readFileSync(`${root}${found[0]}`, 'utf8')
}
