import type { Secret } from '../gateway/secret.ts'

export type WhmcsApi = {
  /** Of `includes/api.php`. */
  url: URL
  identifier: string
  secret: Secret
  accessKey: Secret | null
  /** PEM of the authorities to trust in place of the system's. */
  ca: string | null
  timeoutMs: number
  maxPerSecond: number
  maxParallel: number
}
