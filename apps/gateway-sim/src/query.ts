/** One parameter as it came; a flag without `=` has the value null. */
export type Parameter = { name: string; value: string | null }

export type Target = {
  path: string
  /** Everything before the first `&`, which is what Signature V2 signs. */
  signed: string
  /** The service, where the query begins with one in the form the gateway knows. */
  service: string | undefined
  /** The parameters after the service. */
  parameters: Parameter[]
  /** Everything in the query, the service as a flag, which is what Signature V4 signs. */
  query: Parameter[]
}

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const readParameter = (part: string): Parameter => {
  const equals = part.indexOf('=')
  if (equals < 0) return { name: decode(part), value: null }
  return { name: decode(part.slice(0, equals)), value: decode(part.slice(equals + 1)) }
}

/** Reads a request target: the service stands first and without `=`, the parameters in any order, raw or encoded. */
export const readTarget = (url: string): Target => {
  const [before = '', ...rest] = url.split('?')
  const path = before.replace(/^https?:\/\/[^/]*/, '') || '/'
  const parts = rest.length === 0 ? [] : rest.join('?').split('&')
  const first = parts[0] ?? ''
  const service = path === '/' && /^ostor-[a-z]+$/.test(first) ? first : undefined
  const query = parts.filter((part) => part !== '').map(readParameter)
  const parameters = service === undefined ? query : query.slice(1)
  return { path, signed: service === undefined ? path : `${path}?${service}`, service, parameters, query }
}
