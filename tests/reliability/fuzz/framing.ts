import { connect } from 'node:net'
import type { Shaped } from './shape.ts'

type Frame = {
  name: string
  isRefused: boolean
  frame: (head: string[], body: Buffer) => Buffer
  /** The sender goes away after it. */
  endsAfter?: true
}

const bytes = (head: string[], ...rest: (string | Buffer)[]): Buffer =>
  Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), ...rest.map((one) => Buffer.from(one))])
const lengthOf = (body: Buffer) => `content-length: ${body.length}`

/** Ways in which bytes say where a request ends; those that readers differ on must be refused. */
export const FRAMES: Frame[] = [
  { name: 'a length', isRefused: false, frame: (head, body) => bytes([...head, lengthOf(body)], body) },
  {
    name: 'chunks',
    isRefused: false,
    frame: (head, body) =>
      bytes(
        [...head, 'transfer-encoding: chunked'],
        `${body.length.toString(16)}\r\n`,
        body,
        body.length > 0 ? '\r\n0\r\n\r\n' : '\r\n',
      ),
  },
  {
    name: 'a length and chunks',
    isRefused: true,
    frame: (head, body) => bytes([...head, lengthOf(body), 'transfer-encoding: chunked'], '0\r\n\r\n', body),
  },
  {
    name: 'two lengths',
    isRefused: true,
    frame: (head, body) => bytes([...head, lengthOf(body), `content-length: ${body.length + 1}`], body),
  },
  {
    name: 'a length that is none',
    isRefused: true,
    frame: (head, body) => bytes([...head, 'content-length: +2'], body),
  },
  {
    name: 'unknown chunks',
    isRefused: true,
    frame: (head, body) => bytes([...head, 'transfer-encoding: xchunked'], body),
  },
  {
    name: 'a broken chunk',
    isRefused: true,
    frame: (head, body) => bytes([...head, 'transfer-encoding: chunked'], 'zz\r\n', body, '\r\n0\r\n\r\n'),
  },
  {
    name: 'half a body',
    endsAfter: true,
    isRefused: true,
    frame: (head, body) => bytes([...head, `content-length: ${body.length + 10}`], body),
  },
  {
    name: 'bare line feeds',
    isRefused: true,
    frame: (head, body) =>
      Buffer.from(`${[...head, lengthOf(body)].join('\n')}\n\n${body.toString('latin1')}`, 'latin1'),
  },
  { name: 'a NUL', isRefused: true, frame: (head, body) => bytes([...head, 'x-a: b\0c', lengthOf(body)], body) },
  {
    name: 'a folded header',
    isRefused: true,
    frame: (head, body) => bytes([...head, 'x-a : b', lengthOf(body)], body),
  },
  {
    name: 'two hosts',
    isRefused: true,
    frame: (head, body) => bytes([...head, 'host: evil.example', lengthOf(body)], body),
  },
  {
    name: 'a method in lower case',
    isRefused: true,
    frame: ([first = '', ...head], body) => bytes([first.toLowerCase(), ...head, lengthOf(body)], body),
  },
]

/** The lines of a request without what says where it ends. */
export const headOf = ({ method, url, headers }: Shaped): string[] => [
  `${method} ${url} HTTP/1.1`,
  'host: 127.0.0.1',
  'connection: close',
  ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
]

const WAITS_MS = 1_000

/** Sends bytes and says what came back until the connection ended. */
export const exchange = (port: number, sent: Buffer, { endsAfter = false } = {}): Promise<string> =>
  new Promise((resolve) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => (endsAfter ? socket.end(sent) : socket.write(sent)))
    socket.setTimeout(WAITS_MS, () => socket.destroy())
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(got))
  })
