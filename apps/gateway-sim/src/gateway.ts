import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Call, Calls } from './calls.ts'
import { errorAnswer, htmlError } from './errors.ts'
import type { Fault, Faults } from './faults/faults.ts'
import { operationOf } from './operations/dispatch.ts'
import type { Answer, World } from './operations/operation.ts'
import { readParameters } from './operations/parameters.ts'
import { answerS3, s3Target } from './operations/s3.ts'
import { readTarget } from './query.ts'
import { Refusal } from './refusal.ts'
import { type Headers, send } from './send.ts'
import { authenticate, type Signed } from './signature/authenticate.ts'

const BODY_AT_MOST = 8 * 1024 * 1024

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    const bytes: Buffer = piece
    length += bytes.length
    if (length > BODY_AT_MOST) throw new Refusal(413, 'EntityTooLarge', 'The body is too large.')
    pieces.push(bytes)
  }
  return Buffer.concat(pieces)
}

/** The values of a header as sent; several lines of it are joined with a comma. */
const headersOf = (request: IncomingMessage) => {
  const values = new Map<string, string>()
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase()
    const value = request.rawHeaders[at + 1] ?? ''
    values.set(name, values.has(name) ? `${values.get(name)},${value}` : value)
  }
  return values
}

/** Checks who asks, then answers. Throws a Refusal. */
const perform = (world: World, signed: Signed, call: Call): Answer => {
  const { users, clock, settings } = world
  const target = s3Target(world, signed)
  const caller = authenticate({ ...signed, target }, { users, now: clock.now(), skewMinutes: settings.skewMinutes })
  const { method, body, header } = signed
  if (target.service === undefined) return answerS3(world, { method, target, caller, body, header })
  if (!caller.flags.includes('system')) throw new Refusal(403, 'AccessDenied', 'Access Denied')
  const repeated = header('authorization').startsWith('AWS4') ? 'refuse' : settings.repeatedParameters
  const parameters = readParameters(target.parameters, repeated)
  const answer = operationOf(world, target.service)(world, { method, parameters, body, caller })
  call.isCarriedOut = true
  return answer
}

const refuse = (error: unknown, style: World['settings']['errorStyle']): Answer =>
  errorAnswer(error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error)), style)

const spoiled = (answer: Answer, fault: Fault | undefined, style: World['settings']['errorStyle']): Answer => {
  const { status, html, code, message, body, headers } = fault ?? {}
  let spoilt = answer
  if (html) spoilt = htmlError(status ?? 502)
  else if (status !== undefined && status >= 400) {
    spoilt = errorAnswer(new Refusal(status, code ?? 'InternalError', message ?? 'An internal error occurred.'), style)
  } else if (status !== undefined) spoilt = { ...answer, status }
  return { ...spoilt, body: body ?? spoilt.body, headers: { ...spoilt.headers, ...headers } }
}

export const createGateway = (world: World, faults: Faults, calls: Calls): Server => {
  const requestsOn = new WeakMap<Socket, number>()
  let serial = 0

  const commonHeaders = (answer: Answer, startedAt: number, fault: Fault | undefined): Headers => {
    const shift = (fault?.dateShiftSeconds ?? world.settings.dateShiftSeconds) * 1000
    const date = fault?.date ?? new Date(world.clock.now() + shift).toUTCString()
    const requestId = `${world.statistics.serviceIds[0] ?? ''}${serial.toString(16).padStart(16, '0')}`
    return {
      'x-amz-req-time-micros': String(Math.round((performance.now() - startedAt) * 1000)),
      Server: 'nginx',
      'x-amz-request-id': requestId,
      ...(date === '' ? {} : { Date: date }),
      ...(answer.contentType === undefined ? {} : { 'Content-Type': answer.contentType }),
      ...answer.headers,
    }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = performance.now()
    serial += 1
    const { socket, method = 'GET', url = '/' } = request
    const target = readTarget(url)
    const earlier = requestsOn.get(socket) ?? 0
    requestsOn.set(socket, earlier + 1)
    const values = headersOf(request)
    const headerNames = request.rawHeaders.filter((_, at) => at % 2 === 0)
    const { service, parameters } = target
    const body = await readBody(request)
    const isConnectionReused = earlier > 0
    const { httpVersion } = request
    const text = body.toString()
    const call = calls.add({
      method,
      service,
      parameters,
      url,
      headerNames,
      httpVersion,
      body: text,
      isConnectionReused,
    })

    const fault = faults.take(call)
    if (fault?.latencyMs) await wait(fault.latencyMs, undefined, { ref: false })
    if (fault?.reset === 'before') socket.resetAndDestroy()
    if (fault?.reset === 'before' || fault?.hang === 'before') return
    const header = (name: string) => values.get(name) ?? ''
    const style = world.settings.errorStyle
    let answer: Answer = { status: 200, contentType: 'application/json', body: '' }
    const isReplaced = fault !== undefined && (fault.html === true || fault.status !== undefined) && !fault.commit
    if (!isReplaced) {
      try {
        answer = perform(world, { method, target, header, headerNames: [...values.keys()], body }, call)
      } catch (error) {
        answer = refuse(error, style)
      }
    }
    answer = spoiled(answer, fault, style)
    if (fault?.reset === 'after') socket.resetAndDestroy()
    if (fault?.reset === 'after' || fault?.hang === 'after') return
    call.status = answer.status
    await send(response, answer, commonHeaders(answer, startedAt, fault), fault)
  }

  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    serve(request, response).catch(async (error: unknown) => {
      if (response.headersSent || request.socket.destroyed) response.destroy()
      else {
        const answer = refuse(error, world.settings.errorStyle)
        await send(response, answer, commonHeaders(answer, performance.now(), undefined), undefined)
      }
    })
  })
}
