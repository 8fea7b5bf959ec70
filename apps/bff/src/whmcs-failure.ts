import { WhmcsError } from './adapters/whmcs/whmcs.ts'

/** What went wrong at WHMCS; what is no failure of WHMCS is thrown on. */
export const whmcsFailure = (error: unknown): WhmcsError => {
  if (error instanceof WhmcsError) return error
  throw error
}
