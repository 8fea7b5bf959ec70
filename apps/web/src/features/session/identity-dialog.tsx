import { useEffect, useState } from 'react'
import { setProver } from '../../api/call.ts'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'

const IdentityForm = dialogOnDemand(() => import('./identity-form.tsx'))

/** Asks for both steps, or a passkey, when something takes a proof, above whatever dialog asks for it. */
export function IdentityDialog({ email }: { email: string }) {
  const [answer, setAnswer] = useState<{ with: (proved: boolean) => void } | null>(null)

  useEffect(() => {
    setProver(() => new Promise((resolve) => setAnswer({ with: resolve })))
    return () => setProver(async () => false)
  }, [])

  if (answer === null) return null
  const end = (proved: boolean) => {
    answer.with(proved)
    setAnswer(null)
  }
  return <IdentityForm email={email} onEnd={end} onClose={() => end(false)} />
}
