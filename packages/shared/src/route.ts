import type * as z from 'zod'
import type { RouteScope, Verb } from './roles.ts'

/** One HTTP operation, in the shape Fastify's `app.route()` takes and the web's `call()` reads. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: `/api/v1/${string}`
  config: {
    /** What the caller's role must allow; `anyone` needs no session, `signed-in` no more than one. */
    verb: Verb | 'anyone' | 'signed-in'
    /** For what cannot be taken back: whoever asks has proved within the last ten minutes who they are. */
    sudo?: true
    /** Of what is one's own: not for whoever still has to set up a second step, as all that takes a verb. */
    needsSecondStep?: true
    /** Whose data it is about, for somebody who is limited to groups of users. */
    scope: RouteScope
  }
  schema: {
    summary: string
    tags: readonly string[]
    params?: z.ZodObject
    querystring?: z.ZodObject
    headers?: z.ZodObject
    body?: z.ZodObject
    /** The content types of an answer that is a stream of text. */
    produces?: readonly string[]
    response: { 200: z.ZodType } | { 201: z.ZodType } | { 204: z.ZodType } | { 302: z.ZodType }
  }
}

export type Routes = Record<string, Route>

type Parts = Pick<Route['schema'], 'params' | 'querystring' | 'headers' | 'body'>
type Declared<R extends Route> = keyof R['schema'] & keyof Parts
type Input<S> = S extends z.ZodType ? z.input<S> : never
type Output<S> = S extends z.ZodType ? z.output<S> : never

/** What a caller must send: only the parts the route declares. */
export type RouteInput<R extends Route> = { [Part in Declared<R>]: Input<R['schema'][Part]> }

/** What a caller receives once the answer has been checked. */
export type RouteOutput<R extends Route> = Output<R['schema']['response'][keyof R['schema']['response']]>
