import { Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'

/** Starts saving a file, and what stands beside its button when that failed. */
export function useSaving(): [start: (save: () => Promise<void>) => void, notSaved: ReactNode] {
  const [failed, setFailed] = useState<string | null>(null)
  const start = (save: () => Promise<void>) => {
    setFailed(null)
    save().catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)))
  }
  const notSaved = failed !== null && (
    <span role="alert" className="button-failed">
      <Trans>Not saved: {failed}</Trans>
    </span>
  )
  return [start, notSaved]
}
