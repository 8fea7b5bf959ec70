import { expect, test } from 'vitest'
import { refuseEvaluation } from './no-evaluation.ts'

test('zod evaluates no text, although it is loaded after it was told so', async () => {
  refuseEvaluation()
  const { config, util } = await import('zod/v4/core')
  expect(config()).toEqual({ jitless: true })
  expect(util.allowsEval.value).toBe(false)
})
