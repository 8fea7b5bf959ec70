import type { $ZodConfig } from 'zod/v4/core'

/**
 * Without this zod probes `new Function`, which the CSP of the console refuses and reports. It looks here when it is loaded,
 * which only later pages do; its own `config()` would bring a part of it into the first file.
 */
export const refuseEvaluation = (): void => {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } satisfies $ZodConfig })
}
