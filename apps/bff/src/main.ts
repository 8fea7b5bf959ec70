import { readConfig } from './config.ts'
import { run } from './run.ts'
import { serve } from './serve.ts'

await run(async () => {
  const serving = await serve(readConfig(process.env))
  const { url, setupCode } = serving
  console.log(`Ostor Console listens on ${url}`)
  if (setupCode) console.log(`There is no admin yet. Make the first one at ${url}/setup#${setupCode}`)
  return serving
})
