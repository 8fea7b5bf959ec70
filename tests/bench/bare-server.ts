import { readFileSync } from 'node:fs'
import Fastify from 'fastify'

// The floor of a page or a route: the framework alone, sending the bytes of a file. Run as a process of its own, so that
// it competes for the machine as the console does.

const [, , file = '', type = 'application/json'] = process.argv
const body = readFileSync(file)
const app = Fastify()
app.get('/', (_request, reply) => reply.type(type).send(body))
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
process.on('SIGTERM', () => process.exit(0))
