import type { Fault } from './faults.ts'

type Field = { help: string; type: 'string' | 'number' | 'boolean' | 'object'; oneOf?: readonly string[] }

/** Every field of a fault, once: for the control address and for `--help`. */
export const FAULT_FIELDS: Record<keyof Fault, Field> = {
  method: { type: 'string', help: 'which calls: the method' },
  service: { type: 'string', help: 'which calls: the service, such as ostor-users' },
  parameters: {
    type: 'object',
    help: 'which calls: parameters they have, {"name": "value"} or {"name": null} for any',
  },
  reused: { type: 'boolean', help: 'which calls: those on a connection used before, or those on a fresh one' },
  nth: { type: 'number', help: 'the first matching call it touches, counted from 1' },
  times: { type: 'number', help: 'how many calls it touches; without it one if nth is given, otherwise all' },
  latencyMs: { type: 'number', help: 'waits before the request is looked at' },
  status: { type: 'number', help: 'answers with this status; nothing is carried out unless commit is true' },
  code: { type: 'string', help: 'the error code that goes with status' },
  message: { type: 'string', help: 'the error message that goes with status' },
  commit: { type: 'boolean', help: 'carries the request out before answering with status' },
  hold: { type: 'boolean', help: 'carries the request out when POST /faults/release comes; see status and reset' },
  html: { type: 'boolean', help: 'an HTML page of the front end; 502 without status' },
  body: { type: 'string', help: 'a body in place of the true one' },
  headers: { type: 'object', help: 'headers added to the answer' },
  cutAt: { type: 'number', help: 'sends that many bytes of the body, then closes' },
  framing: {
    type: 'string',
    oneOf: ['content-length', 'chunked', 'close', 'short'],
    help: 'how the cut body is framed: content-length (default), chunked, close, or short: framed as if it were whole',
  },
  reset: { type: 'string', oneOf: ['before', 'after'], help: 'resets before or after the request is carried out' },
  hang: { type: 'string', oneOf: ['before', 'after'], help: 'never answers, before or after it is carried out' },
  drip: { type: 'object', help: '{"bytes", "everyMs"}: the body in small pieces' },
  duplicate: { type: 'boolean', help: 'sends the answer twice on the connection' },
  dateShiftSeconds: { type: 'number', help: 'added to the Date of the answer' },
  date: { type: 'string', help: 'the Date of the answer as it stands here; empty: none' },
}

const isField = (name: string): name is keyof Fault => Object.hasOwn(FAULT_FIELDS, name)

/** A fault as it came over the control address. Throws where a field is unknown or of another type. */
export const readFault = (given: Record<string, unknown>): Fault => {
  for (const [name, value] of Object.entries(given)) {
    if (!isField(name)) throw new Error(`a fault has no field ${name}`)
    const { type, oneOf } = FAULT_FIELDS[name]
    if (typeof value !== type || (oneOf && !oneOf.includes(String(value)))) {
      throw new Error(`${name} must be ${oneOf?.join(' | ') ?? `of type ${type}`}`)
    }
  }
  return given
}
