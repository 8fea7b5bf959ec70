import type { ReplicationRule } from '@ostor-console/shared/replication'
import { said } from '@ostor-console/shared/said'
import { XMLParser } from 'fast-xml-parser'
import { unescaped } from './told.ts'
import { field, isWire, type Wire } from './wire.ts'

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  // Of entities only the five of XML itself are read, below.
  processEntities: false,
  isArray: (name) => name === 'Rule',
})

const NOTHING: Wire = {}

const wireAt = (wire: Wire, name: string): Wire => {
  const value = field(wire, name)
  return isWire(value) ? value : NOTHING
}

const textAt = (wire: Wire, name: string): string | null => {
  const value = field(wire, name)
  return typeof value === 'string' ? unescaped(value) : null
}

const readRule = (rule: Wire): ReplicationRule => {
  const filter = wireAt(rule, 'Filter')
  const and = wireAt(filter, 'And')
  const arn = textAt(wireAt(rule, 'Destination'), 'Bucket')
  return {
    id: textAt(rule, 'ID'),
    status: textAt(rule, 'Status'),
    priority: textAt(rule, 'Priority'),
    prefix: textAt(filter, 'Prefix') ?? textAt(and, 'Prefix') ?? textAt(rule, 'Prefix') ?? '',
    byTag: field(filter, 'Tag') !== undefined || field(and, 'Tag') !== undefined,
    deleteMarkers: textAt(wireAt(rule, 'DeleteMarkerReplication'), 'Status'),
    destinationBucket: arn?.replace(/^arn:aws:s3:::/, '') ?? null,
  }
}

/** The rules of a replication; `null` for any other document. Throws a SyntaxError for what is no XML. */
export const readReplication = (text: string): ReplicationRule[] | null => {
  if (/<!doctype/i.test(text)) throw new SyntaxError(said`it declares a document type`)
  const document = parse(text)
  const configuration = isWire(document) ? field(document, 'ReplicationConfiguration') : undefined
  if (configuration === undefined) return null
  const rules = isWire(configuration) ? field(configuration, 'Rule') : []
  return Array.isArray(rules) ? rules.filter(isWire).map(readRule) : []
}

const parse = (text: string): unknown => {
  try {
    return parser.parse(text, true)
  } catch {
    // What the parser says may repeat the text.
    throw new SyntaxError(said`it is not valid XML`)
  }
}
