import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import { firstFiles, withoutBarrels } from './first-files.ts'
import { preloadConsole } from './preload-console.ts'
import { texts } from './words.ts'
import { wordsOfBuild } from './words-of-build.ts'

/**
 * Marks every top-level value of the contract as free of side effects, so that a page which needs only `PAGE_SIZES`
 * or a type does not load zod with it.
 */
const pureContract = (): Plugin => ({
  name: 'pure-contract',
  transform: {
    order: 'post',
    filter: { id: /packages\/shared\/src\/[^/]+\.ts$/ },
    handler(code) {
      const cuts: [at: number, text: string][] = []
      for (const statement of this.parse(code).body) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
        if (declaration?.type !== 'VariableDeclaration') continue
        for (const { init } of declaration.declarations) {
          if (init) cuts.push([init.start, '/* @__PURE__ */ (() => ('], [init.end, '))()'])
        }
      }
      let marked = code
      for (const [at, text] of cuts.toReversed()) marked = marked.slice(0, at) + text + marked.slice(at)
      return { code: marked, map: null }
    },
  },
})

export default defineConfig({
  plugins: [
    react(),
    pureContract(),
    preloadConsole(),
    withoutBarrels('@mantine/core', '@mantine/hooks'),
    texts(),
    wordsOfBuild(),
    compression({ algorithms: [defineAlgorithm('brotliCompress')], threshold: 512, logLevel: 'silent' }),
  ],
  server: { host: '127.0.0.1', proxy: { '/api': process.env['BFF_URL'] ?? 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstFiles() }] } },
    },
  },
})
