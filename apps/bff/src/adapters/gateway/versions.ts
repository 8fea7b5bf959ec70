import type { GatewayVersion, Topic } from '@ostor-console/shared/dialect'

type Service = Extract<Topic, 'accounts' | 'quotas' | 'userSizes' | 'oneBucket' | 'replication'>

/**
 * From which version the documents have it, and up to which they certainly have not: between the two they are silent.
 * `tells` is where having it, or not, says something of the version.
 */
const SERVICES: Record<Service, { has: GatewayVersion; lacks: GatewayVersion; tells: ('yes' | 'no')[] }> = {
  accounts: { has: '4.6', lacks: '4.5', tells: ['yes', 'no'] },
  quotas: { has: '4.7', lacks: '4.6', tells: ['yes'] },
  userSizes: { has: '6.3', lacks: '5.4', tells: ['no'] },
  replication: { has: '6.2', lacks: '4.6', tells: [] },
  oneBucket: { has: '6.3', lacks: '6.2', tells: ['yes', 'no'] },
}

const isService = (name: string): name is Service => Object.hasOwn(SERVICES, name)
const NAMES = Object.keys(SERVICES).filter(isService)

const numberOf = (version: string): number => {
  const [major, minor] = version.split('.')
  return Number(major) * 100 + Number(minor)
}

/** What a version that is set by hand has and has not; nothing where the documents are silent. */
export const setByVersion = (version: GatewayVersion): { [T in Topic]?: string } => {
  const at = numberOf(version)
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const { has, lacks } = SERVICES[name]
      if (at >= numberOf(has)) return [[name, 'yes']]
      return at <= numberOf(lacks) ? [[name, 'no']] : []
    }),
  )
}

const highest = (versions: string[]): string | null => versions.toSorted((a, b) => numberOf(b) - numberOf(a))[0] ?? null

/** Between which versions a gateway stands that has, and has not, these. */
export const versionSpan = (wayOf: (topic: Topic) => string | undefined) => {
  const seen = (way: 'yes' | 'no') =>
    NAMES.filter((name) => wayOf(name) === way && SERVICES[name].tells.includes(way)).map((name) => SERVICES[name].has)
  const atLeast = highest(seen('yes'))
  const before = seen('no').toSorted((a, b) => numberOf(a) - numberOf(b))[0] ?? null
  return { atLeast, before }
}
