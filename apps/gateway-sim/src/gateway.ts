import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Call, Calls } from './calls.ts'
import { errorAnswer } from './errors.ts'
import type { Fault, Faults } from './faults/faults.ts'
import { isReplaced, spoil } from './faults/spoil.ts'
import { admit } from './operations/admit.ts'
import type { Answer, World } from './operations/operation.ts'
import { receive } from './receive.ts'
import { Refusal } from './refusal.ts'
import { type Headers, send } from './send.ts'
import type { Signed } from './signature/authenticate.ts'

const NO_FAULT: Fault = {}
const ACCEPTED: Answer = { status: 200, contentType: 'application/json', body: '' }

export const createGateway = (world: World, faults: Faults, calls: Calls): Server => {
  const usedSockets = new WeakSet<Socket>()
  const style = world.settings.errorStyle

  const refuse = (error: unknown): Answer =>
    errorAnswer(error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error)), style)

  const commonHeaders = (answer: Answer, serial: number, startedAt: number, fault: Fault): Headers => {
    const shift = (fault.dateShiftSeconds ?? world.settings.dateShiftSeconds) * 1000
    const date = fault.date ?? new Date(world.clock.now() + shift).toUTCString()
    return {
      'x-amz-req-time-micros': String(Math.round((performance.now() - startedAt) * 1000)),
      Server: 'nginx',
      'x-amz-request-id': `${world.statistics.serviceIds[0] ?? ''}${serial.toString(16).padStart(16, '0')}`,
      ...(date === '' ? {} : { Date: date }),
      ...(answer.contentType === undefined ? {} : { 'Content-Type': answer.contentType }),
      ...answer.headers,
    }
  }

  /** The true answer. What the request does is done once it is not held any more. */
  const carryOut = async (signed: Signed, call: Call, fault: Fault): Promise<Answer> => {
    try {
      const perform = admit(world, signed)
      if (fault.hold) await faults.held()
      const answer = perform()
      call.isCarriedOut = true
      return answer
    } catch (error) {
      return refuse(error)
    }
  }

  const answerOf = async (signed: Signed, call: Call, fault: Fault): Promise<Answer> => {
    if (!isReplaced(fault) || (fault.commit && !fault.hold))
      return spoil(await carryOut(signed, call, fault), fault, style)
    // Held and answered at once, it is carried out when it is released.
    if (fault.hold) void carryOut(signed, call, fault)
    return spoil(ACCEPTED, fault, style)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = performance.now()
    const { socket } = request
    const isReused = usedSockets.has(socket)
    usedSockets.add(socket)
    const { signed, seen } = await receive(request, isReused)
    const call = calls.add(seen)
    const fault = faults.take(call) ?? NO_FAULT
    if (fault.latencyMs) await wait(fault.latencyMs, undefined, { ref: false })
    if (fault.reset === 'before') {
      socket.resetAndDestroy()
      if (fault.hold) await carryOut(signed, call, fault)
    }
    if (fault.reset === 'before' || fault.hang === 'before') return
    const answer = await answerOf(signed, call, fault)
    if (fault.reset === 'after') socket.resetAndDestroy()
    if (fault.reset === 'after' || fault.hang === 'after') return
    call.status = answer.status
    await send(response, answer, commonHeaders(answer, call.number, startedAt, fault), fault)
  }

  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    serve(request, response).catch(async (error: unknown) => {
      if (response.headersSent || request.socket.destroyed) response.destroy()
      else {
        const answer = refuse(error)
        await send(response, answer, commonHeaders(answer, 0, performance.now(), NO_FAULT), NO_FAULT)
      }
    })
  })
}
