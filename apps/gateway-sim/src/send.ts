import { type ServerResponse, STATUS_CODES } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './faults/faults.ts'
import type { Answer } from './operations/operation.ts'

export type Headers = Record<string, string>

const hasNoBody = (status: number) => status === 204 || status === 304

const whole = (body: Answer['body']) => Buffer.from(typeof body === 'string' ? body : [...body].join(''))

const headBytes = (status: number, headers: Headers) => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`
}

const chunk = (bytes: Buffer) =>
  bytes.length === 0 ? '' : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])

/** A body that ends before it should, in the framing asked for, and a closed connection. */
const sendCut = (response: ServerResponse, status: number, headers: Headers, body: Buffer, fault: Fault) => {
  const { socket } = response
  const part = body.subarray(0, fault.cutAt)
  const framing: Headers =
    fault.framing === 'close'
      ? { Connection: 'close' }
      : fault.framing === 'chunked'
        ? { 'Transfer-Encoding': 'chunked', Connection: 'keep-alive' }
        : { 'Content-Length': String(body.length), Connection: 'keep-alive' }
  socket?.write(headBytes(status, { ...headers, ...framing }))
  socket?.write(fault.framing === 'chunked' ? chunk(part) : part)
  socket?.end()
}

const sendDrip = async (response: ServerResponse, body: Buffer, drip: NonNullable<Fault['drip']>) => {
  for (let at = 0; at < body.length && !response.destroyed; at += drip.bytes) {
    response.write(body.subarray(at, at + drip.bytes))
    await wait(drip.everyMs, undefined, { ref: false })
  }
  response.end()
}

/** Writes an answer, whole or as the fault wants it broken. */
export const send = async (response: ServerResponse, answer: Answer, headers: Headers, fault: Fault) => {
  const { status } = answer
  if (fault.cutAt !== undefined && fault.framing !== 'short') {
    return sendCut(response, status, headers, whole(answer.body), fault)
  }
  const isChunked = !hasNoBody(status) && response.req.httpVersion === '1.1'
  response.sendDate = false
  response.writeHead(status, isChunked ? { ...headers, 'Transfer-Encoding': 'chunked' } : headers)
  if (hasNoBody(status)) response.end()
  else if (fault.drip) await sendDrip(response, whole(answer.body), fault.drip)
  else if (fault.duplicate) {
    const body = whole(answer.body)
    const { socket } = response
    response.end(body)
    socket?.write(headBytes(status, { ...headers, 'Content-Length': String(body.length) }))
    socket?.write(body)
  } else if (fault.cutAt !== undefined) response.end(whole(answer.body).subarray(0, fault.cutAt))
  else if (typeof answer.body === 'string') response.end(answer.body)
  else await pipeline(Readable.from(answer.body), response).catch(() => response.destroy())
}
