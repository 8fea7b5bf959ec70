import { createServer, type IncomingMessage, type Server } from 'node:http'
import { readFault } from '../faults/fault-fields.ts'
import { instantIn, newBucket, newTraffic, newUser, text, textIn } from './asked.ts'
import type { Control } from './control.ts'

type Asked = { id: string; query: URLSearchParams; body: Record<string, unknown> }
type Route = { path: string; help: string; answer: (control: Control, asked: Asked) => unknown }

const usage = ({ oracle }: Control, { query }: Asked) => {
  const filter = {
    ...textIn(query, 'user'),
    ...textIn(query, 'bucket'),
    ...instantIn(query, 'from'),
    ...instantIn(query, 'to'),
    closedOnly: query.get('closedOnly') === 'true',
    listedOnly: query.get('listedOnly') === 'true',
  }
  const by = query.get('by')
  return by === 'user' || by === 'bucket' ? Object.fromEntries(oracle.usageBy(by, filter)) : oracle.usage(filter)
}

const moveClock = ({ clock }: Control, { body }: Asked) => {
  if (typeof body['advanceMs'] === 'number') clock.advance(body['advanceMs'])
  if (typeof body['now'] === 'string' || typeof body['now'] === 'number') clock.setNow(body['now'])
  if (body['frozen'] === true) clock.freeze()
  if (body['frozen'] === false) clock.run()
  return { now: clock.now() }
}

const edited = (control: Control, { id, body }: Asked) => {
  const { flags, state } = body
  if (Array.isArray(flags)) control.users.setFlags(id, flags.map(String))
  if (state === 'enabled' || state === 'disabled') control.users.setState(id, state)
  return control.oracle.user(id)
}

/** The control address: every route with its line of `--help`. */
export const ROUTES: Record<string, Route> = {
  users: {
    path: 'GET /oracle/users',
    help: 'every user with true keys and secrets',
    answer: ({ oracle }) => oracle.users(),
  },
  user: { path: 'GET /oracle/users/{id}', help: 'one user', answer: ({ oracle }, { id }) => oracle.user(id) },
  buckets: {
    path: 'GET /oracle/buckets',
    help: 'names of all buckets, or of ?user=<id>',
    answer: ({ oracle }, { query }) => oracle.buckets(query.get('user') ?? undefined),
  },
  size: {
    path: 'GET /oracle/size',
    help: 'the true size of ?bucket=<name>, now or at ?at=<instant>',
    answer: ({ oracle }, { query }) => oracle.size(query.get('bucket') ?? '', Object.values(instantIn(query, 'at'))[0]),
  },
  usage: {
    path: 'GET /oracle/usage',
    help: 'true totals; ?user= ?bucket= ?from= ?to= ?by=user|bucket ?closedOnly=true ?listedOnly=true',
    answer: usage,
  },
  objects: { path: 'GET /oracle/objects', help: 'every statistics object', answer: ({ oracle }) => oracle.objects() },
  calls: { path: 'GET /calls', help: 'the requests received', answer: ({ calls }) => calls() },
  clearCalls: { path: 'DELETE /calls', help: 'forget them', answer: (control) => control.clearCalls() },
  faults: { path: 'GET /faults', help: 'the faults set', answer: ({ faults }) => faults.list() },
  addFault: {
    path: 'POST /faults',
    help: 'set a fault; its fields stand below',
    answer: ({ faults }, { body }) => ({ id: faults.add(readFault(body)) }),
  },
  release: {
    path: 'POST /faults/release',
    help: 'carry out what is held',
    answer: ({ faults }) => ({ released: faults.release() }),
  },
  clearFaults: { path: 'DELETE /faults', help: 'remove all faults', answer: ({ faults }) => faults.clear() },
  clearFault: { path: 'DELETE /faults/{id}', help: 'remove one', answer: ({ faults }, { id }) => faults.clear(id) },
  clock: { path: 'POST /clock', help: '{"advanceMs"} or {"now"} or {"frozen": true|false}', answer: moveClock },
  addUser: {
    path: 'POST /world/users',
    help: '{"email", "keys"?, "flags"?, "state"?}',
    answer: ({ users }, { body }) => users.create(newUser(body)),
  },
  editUser: { path: 'POST /world/users/{id}', help: '{"flags"?, "state"?}', answer: edited },
  removeUser: {
    path: 'DELETE /world/users/{id}',
    help: 'even with buckets',
    answer: ({ users }, { id }) => users.remove(id),
  },
  addBucket: {
    path: 'POST /world/buckets',
    help: '{"name", "owner": <id>, "bytes"?}',
    answer: ({ buckets }, { body }) => buckets.create(newBucket(body)),
  },
  removeBucket: {
    path: 'DELETE /world/buckets/{name}',
    help: 'also one that is not empty',
    answer: ({ buckets }, { id }) => buckets.remove(id),
  },
  plant: {
    path: 'POST /world/statistics',
    help: '{"name", "body"}: an object of any name and body',
    answer: ({ statistics }, { body }) => statistics.plant(text(body, 'name'), text(body, 'body')),
  },
  record: {
    path: 'POST /world/traffic',
    help: '{"user": <id>, "bucket", "at"?, "put"?, "get"?, "list"?, "other"?, "uploaded"?, "downloaded"?}',
    answer: ({ statistics }, { body }) => statistics.record(newTraffic(body)),
  },
  vanish: {
    path: 'DELETE /world/statistics/{name}',
    help: 'the object vanishes',
    answer: ({ statistics }, { id }) => statistics.remove(id),
  },
}

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let sent = ''
  for await (const piece of request) sent += String(piece)
  const body: unknown = sent === '' ? {} : JSON.parse(sent)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Error('the body must be a JSON object')
  return { ...body }
}

const answerTo = async (control: Control, request: IncomingMessage): Promise<unknown> => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const wanted = `${request.method} ${url.pathname}`
  for (const route of Object.values(ROUTES)) {
    const [before = '', variable] = route.path.split('{')
    const isIt = variable === undefined ? wanted === before : wanted.startsWith(before) && wanted.length > before.length
    if (!isIt) continue
    const asked: Asked = {
      id: decodeURIComponent(wanted.slice(before.length)),
      query: url.searchParams,
      body: await bodyOf(request),
    }
    return route.answer(control, asked) ?? {}
  }
  throw new Error(`there is no ${wanted}; see --help`)
}

const write = (_name: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** The control address as a server; whole numbers that may pass 2^53 are strings in its JSON. */
export const createControlServer = (control: Control): Server =>
  createServer((request, response) => {
    const finish = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body, write))
    }
    // A web page that has been pointed at this port by name must not steer the world.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
      finish(403, { error: 'the Host of a request must be 127.0.0.1 or localhost' })
      return
    }
    answerTo(control, request).then(
      (body) => finish(200, body),
      (error: unknown) => finish(400, { error: error instanceof Error ? error.message : String(error) }),
    )
  })
