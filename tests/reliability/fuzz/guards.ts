import { isTokenVerb, may, type Role, VERBS, type Verb } from '@ostor-console/shared/roles'
import type { RouteOptions } from 'fastify'
import * as z from 'zod'

export type Who = {
  role: Role | null
  email: string
  session: Record<string, string>
  /** Asks with an API token of this person, which was given all that one can be. */
  isScript?: true
}
const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)
const Verbs = z.union([z.enum(Object.keys(VERBS).filter(isVerb)), z.enum(['anyone', 'signed-in'])])
const Guarded = z.object({ verb: Verbs })

/** Who may ask for which operation, by the verbs that the routes declare. */
export const createGuards = () => {
  const guards = new Map<string, z.infer<typeof Verbs>>()
  const onRoute = ({ method, url, config }: RouteOptions): void => {
    const { verb } = Guarded.safeParse(config).data ?? {}
    if (verb !== undefined) guards.set(`${String(method)} ${url.replaceAll(/:(\w+)/g, '{$1}')}`, verb)
  }

  return {
    onRoute,
    /** Why somebody may not ask for it at all, or `null`. */
    guarded: (operation: string, { role, isScript }: Who): string | null => {
      const verb = guards.get(operation)
      if (verb === undefined) throw new Error(`${operation} has no verb`)
      if (isScript && (verb === 'anyone' || verb === 'signed-in' || !isTokenVerb(verb))) return 'no token may'
      if (verb === 'anyone') return null
      if (role === null) return 'nobody is signed in'
      return verb === 'signed-in' || may(role, verb) ? null : `the role ${role}`
    },
    needsSession: (operation: string): boolean => guards.get(operation) !== 'anyone',
  }
}
