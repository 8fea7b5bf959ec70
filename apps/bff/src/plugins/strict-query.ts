import fp from 'fastify-plugin'
import * as z from 'zod'

/** An operation of the API that declares no query takes none: a misspelt filter must not be taken for no filter. */
export const strictQuery = fp(
  async (app) => {
    app.addHook('onRoute', (route) => {
      if (!route.schema || route.schema.hide || route.schema.querystring) return
      route.schema = { ...route.schema, querystring: z.strictObject({}) }
    })
  },
  { name: 'strict-query' },
)
