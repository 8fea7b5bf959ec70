import { said } from '@ostor-console/shared/said'
import { type Sink, wholeBody } from './body.ts'
import { BadReply } from './failures.ts'
import { parseJson } from './json.ts'
import { listReader } from './list-reader.ts'
import { field, isWire, type Wire } from './wire.ts'

/** For writes whose body means nothing, or may be missing. */
export const ignored = (): Sink<null> => ({ push: () => {}, end: () => null })

/** One JSON document; secrets are dropped while it is read, unless they are what was asked for. */
export const jsonOf =
  <T>(read: (document: unknown) => T, { keepSecrets = false } = {}) =>
  (): Sink<T> => {
    const body = wholeBody()
    return { ...body, end: () => read(parseJson(body.end().toString('utf8'), { keepSecrets })) }
  }

/** The objects of a list in the order of the document, which the reader left as their indexes. */
const inOrder = <T>(list: unknown, items: T[]): T[] => {
  if (!Array.isArray(list)) throw new BadReply(said`there is no list in it`)
  if (list.length !== items.length || list.some((index, at) => index !== at)) {
    throw new BadReply(said`its list holds something that is not an object`)
  }
  return items
}

const asWire = (item: unknown): Wire => {
  if (!isWire(item)) throw new BadReply(said`its list holds something that is not an object`)
  return item
}

/** A list that is bare, or wrapped in an object under `name` in any letter case; `shaped` is told which. */
export const listOf =
  <T>(name: string, read: (item: Wire) => T, shaped: (shape: 'bare' | 'wrapped') => void = () => {}) =>
  (): Sink<T[]> => {
    const reader = listReader((item) => read(asWire(item)))
    return {
      push: reader.push,
      end: () => {
        const { document, items } = reader.end()
        const list = inOrder(isWire(document) ? field(document, name) : document, items)
        shaped(isWire(document) ? 'wrapped' : 'bare')
        return list
      },
    }
  }

/** A document with a list of objects under `name`, and the bytes it was read from. */
export const recordOf =
  <T, R>(name: string, read: (item: Wire) => T, finish: (document: Wire, items: T[], raw: Buffer) => R) =>
  (): Sink<R> => {
    const reader = listReader((item) => read(asWire(item)))
    const body = wholeBody()
    return {
      push(chunk) {
        reader.push(chunk)
        body.push(chunk)
      },
      end: () => {
        const { document, items } = reader.end()
        if (!isWire(document)) throw new BadReply(said`it is not an object`)
        return finish(document, inOrder(field(document, name), items), body.end())
      },
    }
  }
