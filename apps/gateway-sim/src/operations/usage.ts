import { notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import type { Contents } from '../statistics/statistics.ts'
import { hash } from '../world/hash.ts'
import { json, nothing, type Operation, type World } from './operation.ts'
import type { Parameters } from './parameters.ts'

const noSuchObject = () => new Refusal(404, 'NoSuchKey', 'The specified statistics object does not exist.')

const limitOf = (parameters: Parameters): number | undefined => {
  if (!parameters.has('limit')) return undefined
  const text = parameters.value('limit') ?? ''
  if (!/^[1-9]\d{0,8}$/.test(text)) throw wrongParameters('limit must be a positive integer.')
  return Number(text)
}

const take = (names: Iterable<string>, count: number) => {
  const taken: string[] = []
  for (const name of names) {
    if (taken.length === count) return { taken, truncated: true }
    taken.push(name)
  }
  return { taken, truncated: false }
}

/** The names of one answer as the options want them. */
const arranged = ({ settings: { seed, listOrder, listRepeats } }: World, names: string[], isFurther: boolean) => {
  const all = listRepeats && isFurther ? [...names, ...names.slice(0, 1)] : names
  if (listOrder === 'sorted') return all
  const keyOf = (name: string) => Array.from(name).reduce((key, letter) => hash(seed, key, letter.charCodeAt(0)), 0)
  return all.toSorted((a, b) => keyOf(a) - keyOf(b))
}

const page = (world: World, parameters: Parameters): string => {
  const { versionNumber, pageSize, limitWithAfter, brokenJsonAbove } = world.settings
  const knowsPaging = versionNumber >= 407
  const after = knowsPaging ? (parameters.value('after') ?? '') : ''
  const limit = knowsPaging ? limitOf(parameters) : undefined
  const isBoth = after !== '' && limit !== undefined
  if (isBoth && limitWithAfter === 'empty') return '{"nr_items":0,"truncated":false,"items":[]}'
  const from = isBoth && limitWithAfter === 'ignores-after' ? '' : after
  const { taken, truncated } = take(world.statistics.names(from), limit ?? pageSize)
  const names = arranged(world, taken, after !== '')
  const text = `{"nr_items":${names.length},"truncated":${truncated},"items":${JSON.stringify(names)}}`
  const isBroken = brokenJsonAbove > 0 && taken.length > brokenJsonAbove
  return isBroken ? text.replace(`"${taken[brokenJsonAbove]}"`, `"${taken[brokenJsonAbove]?.slice(0, 20)}`) : text
}

/** The body of a statistics object. */
const objectText = (world: World, contents: Contents): string => {
  const { serviceId, startMs, period, items } = contents
  const id = world.settings.serviceId === 'string' ? `"${serviceId}"` : serviceId
  const wire = items.map(({ bucket, epoch, userId, tag, counters }) => ({
    key: { bucket, epoch, user_id: userId, tag },
    counters: {
      ops: { put: counters.put, get: counters.get, list: counters.list, other: counters.other },
      net_io: { uploaded: counters.uploaded, downloaded: counters.downloaded },
    },
  }))
  const head = `"fmt_version":1,"service_id":${id},"start_ts":${Math.floor(startMs / 1000)},"period":${period}`
  return `{${head},"nr_items":${items.length},"items":${JSON.stringify(wire)}}`
}

export const usage: Operation = (world, { method, parameters }) => {
  if (method !== 'GET' && method !== 'DELETE') throw notAllowed(method)
  const name = parameters.value('obj')
  if (name === undefined) {
    if (method === 'DELETE' || parameters.has('obj')) throw wrongParameters('obj is required.')
    return json(page(world, parameters))
  }
  const contents = world.statistics.read(name)
  if (contents === undefined) throw noSuchObject()
  if (method === 'GET') return json(typeof contents === 'string' ? contents : objectText(world, contents))
  world.statistics.remove(name)
  return nothing(world)
}
