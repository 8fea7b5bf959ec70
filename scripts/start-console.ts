import { readConfig } from '../apps/bff/src/config.ts'
import { type Serving, serve } from '../apps/bff/src/serve.ts'
import { buildWeb } from './build-web.ts'

/** The console over the gateway of the settings. */
export const startConsole = async (): Promise<Serving> => {
  const config = readConfig(process.env)
  await buildWeb()
  const serving = await serve(config)
  const { url, setupCode } = serving
  console.log(`Ostor Console listens on ${url}`)
  if (setupCode) console.log(`There is no admin yet. Make the first one at ${url}/setup#${setupCode}`)
  return serving
}
