import type { NewBucket, NewTraffic, NewUser } from './control.ts'

type Body = Record<string, unknown>

/** An instant in the query, as an object to spread. */
export const instantIn = (query: URLSearchParams, name: string): Record<string, number> => {
  const text = query.get(name)
  if (text === null) return {}
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isNaN(at)) throw new Error(`${name} is not an instant`)
  return { [name]: at }
}

export const textIn = (query: URLSearchParams, name: string): Record<string, string> => {
  const text = query.get(name)
  return text === null ? {} : { [name]: text }
}

export const text = (body: Body, name: string): string => {
  const value = body[name]
  if (typeof value !== 'string') throw new Error(`${name} must be text`)
  return value
}

const count = (body: Body, name: string, otherwise: number): number => {
  const value = body[name] ?? otherwise
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a count`)
  return value
}

export const newUser = (body: Body): NewUser => ({
  email: text(body, 'email'),
  keys: count(body, 'keys', 1),
  flags: Array.isArray(body['flags']) ? body['flags'].map(String) : [],
  state: body['state'] === 'disabled' ? 'disabled' : 'enabled',
})

export const newTraffic = (body: Body): NewTraffic => ({
  user: text(body, 'user'),
  bucket: text(body, 'bucket'),
  ...(body['at'] === undefined ? {} : { at: count(body, 'at', 0) }),
  put: count(body, 'put', 0),
  get: count(body, 'get', 0),
  list: count(body, 'list', 0),
  other: count(body, 'other', 0),
  uploaded: count(body, 'uploaded', 0),
  downloaded: count(body, 'downloaded', 0),
})

export const newBucket = (body: Body): NewBucket => ({
  name: text(body, 'name'),
  owner: text(body, 'owner'),
  bytes: count(body, 'bytes', 4096),
})
