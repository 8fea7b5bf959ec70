import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { ApiError, type Parameters } from './actions/action.ts'
import { actions } from './actions/actions.ts'
import { errorOf, successOf } from './answers.ts'
import type { Calls } from './calls.ts'
import type { Database } from './database.ts'
import type { Fault, Faults } from './faults.ts'
import type { Settings } from './settings.ts'

export type World = { database: Database; settings: Settings; faults: Faults; calls: Calls }
export type Certificate = { key: string; cert: string }
type Written = { status: number; type: string; body: string }

const PATH = '/includes/api.php'
const PAGE = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`
const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key in <b>/srv/whmcs/includes/hooks/x.php</b> on line <b>7</b><br />\n'

const formOf = async (request: IncomingMessage): Promise<Record<string, string>> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}

/** Throws what is said to whoever may not call. */
const admit = ({ settings }: World, parameters: Parameters, ip: string, action: string): void => {
  const { identifier, secret, username, password, accesskey } = parameters
  if (accesskey !== settings.accessKey && !settings.allowedIps.includes(ip)) throw new ApiError(`Invalid IP ${ip}`)
  const isRight = (identifier ?? username) === settings.identifier && (secret ?? password) === settings.secret
  if (!isRight) throw new ApiError('Authentication Failed')
  const isAllowed = settings.allowedActions.some((allowed) => allowed.toLowerCase() === action.toLowerCase())
  if (!isAllowed) throw new ApiError(`Invalid Permissions: API action "${action.toLowerCase()}" is not allowed`)
}

const carryOut = async (world: World, parameters: Parameters, ip: string): Promise<Written & { outcome: string }> => {
  const { action = '', responsetype } = parameters
  try {
    admit(world, parameters, ip, action)
    const run = actions.get(action.toLowerCase())
    if (!run) throw new ApiError('Command Not Found')
    const { database, settings } = world
    const answer = await run({ database, settings, parameters })
    return { status: 200, outcome: 'done', ...successOf(answer, settings, responsetype) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { status: world.settings.errorStatus, outcome: error.message, ...errorOf(error.message, responsetype) }
  }
}

const HUGE_BYTES = 10_000_000

const spoilt = (fault: Fault, written: Written): Written => {
  switch (fault.kind) {
    case 'html':
      return { status: fault.status ?? 500, type: 'text/html', body: PAGE('Out of order') }
    case 'maintenance':
      return { status: 200, type: 'text/html', body: PAGE('Down for Maintenance') }
    case 'warning':
      return { ...written, body: WARNING + written.body }
    case 'empty':
      return { ...written, body: '' }
    case 'content-type':
      return { ...written, type: 'text/html; charset=utf-8' }
    case 'huge':
      return { ...written, body: written.body + ' '.repeat(HUGE_BYTES) }
    case 'forbidden':
      return { status: 403, ...errorOf(fault.message ?? 'Authentication Failed', 'json') }
    case 'error':
      return { ...written, ...errorOf(fault.message ?? 'Unspecified', 'json') }
    case 'body':
      return { ...written, body: fault.body ?? '' }
    default:
      return written
  }
}

/** What a fault leaves of the true answer; these are carried out unless it says otherwise. */
const KEEPS_ANSWER = ['none', 'half', 'warning', 'content-type', 'huge', 'empty', 'body']
const NOTHING: Written = { status: 200, type: 'application/json', body: '' }

const answerTo = async (world: World, request: IncomingMessage, response: ServerResponse, underWay: number) => {
  // A call goes on when its caller is gone, and then nobody knows any more from where it came.
  const ip = request.socket.remoteAddress ?? ''
  const parameters = await formOf(request)
  const { action = '' } = parameters
  const { method = '', url = '', headers } = request
  const call = world.calls.add({ action, parameters, method, url, headers, underWay })
  const fault = world.faults.of(parameters)
  if (fault?.latencyMs) await wait(fault.latencyMs)
  if (url !== PATH) return send(response, { status: 404, type: 'text/html', body: PAGE('404 Not Found') })
  if (world.settings.isInMaintenance) return send(response, spoilt({ kind: 'maintenance' }, NOTHING))
  if (!fault) {
    const { outcome, ...written } = await carryOut(world, parameters, ip)
    call.outcome = outcome
    return send(response, written)
  }
  let written = NOTHING
  if (fault.isCarriedOut ?? KEEPS_ANSWER.includes(fault.kind)) {
    const { outcome, ...true_ } = await carryOut(world, parameters, ip)
    call.outcome = outcome
    written = true_
  }
  if (fault.kind === 'hang') return
  if (fault.kind === 'cut') return request.socket.resetAndDestroy()
  if (fault.kind === 'redirect') {
    response.writeHead(302, { Location: `http://${request.headers.host}${PATH}` })
    response.end()
    return
  }
  if (fault.kind === 'half') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': written.body.length })
    response.write(written.body.slice(0, written.body.length / 2), () => request.socket.destroy())
    return
  }
  return send(response, spoilt(fault, written))
}

const send = (response: ServerResponse, { status, type, body }: Written): void => {
  response.writeHead(status, { 'Content-Type': type })
  response.end(body)
}

export const createApi = (world: World, certificate?: Certificate): Server => {
  let underWay = 0
  const listener: RequestListener = (request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
    })
    answerTo(world, request, response, underWay).catch((error: unknown) => {
      process.stderr.write(`whmcs-sim: ${error instanceof Error ? error.message : String(error)}\n`)
      request.socket.destroy()
    })
  }
  return certificate ? createTlsServer(certificate, listener) : createServer(listener)
}
