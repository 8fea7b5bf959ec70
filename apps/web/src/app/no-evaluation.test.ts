import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

// What others loaded before would be taken for what is loaded here.
const ofItsOwn = (program: string): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    }),
  )

test('zod evaluates no text, although it is loaded after it was told so', () => {
  const found = ofItsOwn(`
    import { refuseEvaluation } from './no-evaluation.ts'
    refuseEvaluation()
    const { config, util } = await import('zod/v4/core')
    console.log(JSON.stringify({ config: config(), evaluates: util.allowsEval.value }))
  `)
  expect(found).toEqual({ config: { jitless: true }, evaluates: false })
})
