import type { Verb } from '@ostor-console/shared/roles'
import type { ComponentProps } from 'react'
import { ReasonButton } from '../ui/reason-button.tsx'
import { useRefusal } from './role.ts'

type Props = Omit<ComponentProps<typeof ReasonButton>, 'reason'> & {
  verb: Verb
  /** Another reason why it is out of reach. */
  reason?: string | null
}

/** A button that is out of reach, with the reason, for whoever the server would refuse. */
export function VerbButton({ verb, reason = null, ...button }: Props) {
  const refusal = useRefusal(verb)
  return <ReasonButton {...button} reason={refusal ?? reason} />
}
