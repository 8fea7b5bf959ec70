import { builtFiles, SHELL, UP_TO_LIST } from './built-files.ts'

const built = builtFiles(process.argv[2] ?? 'dist')
const pages: Record<string, string[]> = {
  'sign-in': ['index.html', 'src/features/session/sign-in-page.tsx'],
  'sign-in + users list': UP_TO_LIST,
}
for (const source of built.sources) {
  const [, page] = /^src\/app\/(.+)-page\.tsx$/.exec(source) ?? []
  if (page) pages[page] = [...SHELL, source]
  const [, language] = /^src\/words\/(..)\.po$/.exec(source) ?? []
  if (language) pages[`… in ${language}`] = [...UP_TO_LIST, source]
}

for (const [page, sources] of Object.entries(pages)) {
  const { files, bytes } = built.weigh(sources)
  process.stdout.write(`${page.padEnd(24)}${(bytes / 1000).toFixed(1).padStart(8)} kB  ${files} files\n`)
}
