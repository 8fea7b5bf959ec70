import swagger, { type SwaggerTransform } from '@fastify/swagger'
import { Problem } from '@ostor-console/shared/problem'
import { isTokenVerb } from '@ostor-console/shared/roles'
import type { FastifyContextConfig, FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** Collects the routes that are registered after it. */
export const openapi = fp<{ version: string; cookieName: string }>(
  async (app, { version, cookieName }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Ostor Console', version },
        components: {
          securitySchemes: {
            session: { type: 'apiKey', in: 'cookie', name: cookieName },
            token: { type: 'http', scheme: 'bearer', description: 'An API token, as docs/api.md tells' },
          },
        },
        security: [{ session: [] }, { token: [] }],
      },
      transform: described,
      transformObject: jsonSchemaTransformObject,
    })
  },
  { name: 'openapi' },
)

const failure = {
  description: 'Why it failed (RFC 9457)',
  content: { 'application/problem+json': { schema: Problem } },
}

/** Adds what every route may answer and who may ask, and says of 204 and 302 that they have no content. */
const described: SwaggerTransform = ({ schema, ...route }) => {
  if (!schema || schema.hide) return jsonSchemaTransform({ schema, ...route })
  const { verb = 'anyone', sudo } = route.route.config ?? {}
  const response = Object.assign({}, schema.response, { default: failure })
  const { schema: written, url } = jsonSchemaTransform({ schema: { ...schema, response }, ...route })
  const answers: unknown = written.response
  if (typeof answers === 'object' && answers !== null) {
    if ('204' in answers) Object.assign(answers, { 204: { type: 'null', description: 'Done' } })
    if ('302' in answers) Object.assign(answers, { 302: { type: 'null', description: 'Elsewhere' } })
  }
  return { schema: { ...written, ...whoMayAsk(verb, sudo === true) }, url }
}

const whoMayAsk = (verb: NonNullable<FastifyContextConfig['verb']>, sudo: boolean) => {
  if (verb === 'anyone') return { security: [] }
  if (verb === 'signed-in' || !isTokenVerb(verb)) return { security: [{ session: [] }] }
  return {
    description: `Takes the verb \`${verb}\`${sudo ? ', and of a session a proof of the last ten minutes' : ''}.`,
  }
}

/** The description of the API, made from the contract. */
export const apiDescription: FastifyPluginAsync = async (app) => {
  let document: string | undefined
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    document ??= JSON.stringify(app.swagger())
    return reply.type('application/json').send(document)
  })
}
