import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createGateway } from './gateway.ts'
import { Secret } from './secret.ts'

const [MINE, FOREIGN] = ['aaaaaaaaaaaaaaaa', 'ffffffffffffffff']

const reply = (id: string) => {
  const body = JSON.stringify({
    UserEmail: `${id}@example.com`,
    UserId: id,
    State: 'enabled',
    OwnerId: '0',
    AWSAccessKeys: [],
  })
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

test('B73: a second answer on a connection is never taken for that of the next request', async () => {
  const sockets = new Set<Socket>()
  let requests = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => {
      requests += 1
      socket.write(reply(MINE))
      // Late enough that the first answer is complete and its connection is kept for the next request.
      if (requests === 1) setImmediate(() => socket.write(reply(FOREIGN)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const gateway = createGateway({
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    accessKeyId: 'a14040e0b2ef8b28FZZ8',
    secretAccessKey: Secret.of('x'),
    signature: 'v2',
    region: 'x',
  })
  onTestFinished(() => gateway.close())

  for (let asked = 0; asked < 4; asked += 1) expect((await gateway.getUser(MINE)).id).toBe(MINE)
  expect(requests).toBe(4)
  // The connection that said too much is not used again.
  expect(sockets.size).toBeGreaterThan(1)
})
