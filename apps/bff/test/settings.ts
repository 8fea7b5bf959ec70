import { readConfig } from '../src/config.ts'
import { ConfigError } from '../src/config-values.ts'

/** All that must be set. */
export const GATEWAY = {
  OSTOR_ENDPOINT: 'https://s3.example.com',
  OSTOR_ACCESS_KEY_ID: '0123456789abcdefSYST',
  OSTOR_SECRET_ACCESS_KEY: 'canary-gateway-secret',
}

/** Why the settings are refused. */
export const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  throw new Error('nothing was refused')
}
