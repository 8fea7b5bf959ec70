import { Refusal } from '../refusal.ts'
import { authenticate, type Signed } from '../signature/authenticate.ts'
import { operationOf } from './dispatch.ts'
import type { Answer, World } from './operation.ts'
import { readParameters } from './parameters.ts'
import { answerS3, s3Target } from './s3.ts'

/** Checks who asks, and gives back what carries the request out. Both throw a Refusal. */
export const admit = (world: World, signed: Signed): (() => Answer) => {
  const { users, clock, settings } = world
  const { method, body, header } = signed
  const target = s3Target(world, signed)
  const caller = authenticate({ ...signed, target }, { users, now: clock.now(), skewMinutes: settings.skewMinutes })
  const { service } = target
  if (service === undefined) return () => answerS3(world, { method, target, caller, body, header })
  if (!caller.flags.includes('system')) throw new Refusal(403, 'AccessDenied', 'Access Denied')
  const repeated = header('authorization').startsWith('AWS4') ? 'refuse' : settings.repeatedParameters
  const parameters = readParameters(target.parameters, repeated)
  return () => operationOf(world, service)(world, { method, parameters, body, caller })
}
