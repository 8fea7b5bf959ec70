import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import * as z from 'zod'
import type { ClusterParts } from '../../clusters.ts'
import type { Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'
import { setUserState } from './change-user.ts'

const State = z.object({ state: z.enum(['enabled', 'disabled']) })

/** Sets a user back to the state from before a change; it must run in turn. Throws when they are not as it left them. */
export const undoState = async (
  parts: ClusterParts,
  userId: string,
  { before, after }: { before: Record<string, string>; after: Record<string, string> },
  writer: Writer,
  wait: Wait,
): Promise<void> => {
  const { state } = await parts.gateway.getUser(userId)
  const [was, wanted] = [State.safeParse(after), State.safeParse(before)]
  if (!was.success || !wanted.success)
    throw problem('cannot-undo', { detail: said`The state from before was not known` })
  if (state !== was.data.state) throw problem('changed-meanwhile', { detail: IS_NOW[state] })
  await setUserState(parts, userId, wanted.data.state, writer, wait)
}

const IS_NOW = {
  enabled: said`The user is enabled now`,
  disabled: said`The user is disabled now`,
  unknown: said`The user is neither enabled nor disabled now`,
}
