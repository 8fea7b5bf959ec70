import swagger from '@fastify/swagger'
import type { FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** Collects the routes that are registered after it. */
export const openapi = fp<{ version: string }>(
  async (app, { version }) => {
    await app.register(swagger, {
      openapi: { openapi: '3.1.0', info: { title: 'Ostor Console', version } },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    })
  },
  { name: 'openapi' },
)

/** The description of the API, made from the contract. */
export const apiDescription: FastifyPluginAsync = async (app) => {
  let document: string | undefined
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    document ??= JSON.stringify(app.swagger())
    return reply.type('application/json').send(document)
  })
}
