import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as z from 'zod'

/** The part of JSON Schema that the description uses. */
const SchemaNode = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
})
export type SchemaNode = z.infer<typeof SchemaNode>

const Content = z.record(z.string(), z.object({ schema: z.unknown() }))
const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z
          .array(
            z.object({
              in: z.enum(['path', 'query', 'header']),
              name: z.string(),
              required: z.boolean().optional(),
              schema: z.unknown(),
            }),
          )
          .optional(),
        requestBody: z.object({ content: Content }).optional(),
        responses: z.record(z.string(), z.object({ content: Content.optional() })),
      }),
    ),
  ),
})

type Matches = ValidateFunction
export type Parameter = {
  in: 'path' | 'query' | 'header'
  name: string
  isRequired: boolean
  schema: unknown
  matches: Matches
}
/** What may come back with a status: `null` for no content, else a check for each content type. */
type Answers = Map<string, Map<string, Matches> | null>

export type Operation = {
  method: string
  path: string
  parameters: Parameter[]
  body: { schema: unknown; matches: Matches } | null
  answers: Answers
}

/** The operations of an OpenAPI 3.1 document, each with checks of what it takes and of what it answers. */
export const readApi = (text: string) => {
  const json: unknown = JSON.parse(text)
  const ajv = new Ajv2020({ strict: false, discriminator: true })
  addFormats.default(ajv)
  ajv.addSchema(z.record(z.string(), z.unknown()).parse(json), 'api')
  // A schema of its own refers to the components of the document.
  const compile = (schema: unknown): Matches => ajv.compile(inDocument(schema))
  const answersOf = (responses: z.infer<typeof Document>['paths'][string][string]['responses']): Answers =>
    new Map(
      Object.entries(responses).map(([status, { content }]) => [
        status,
        content ? new Map(Object.entries(content).map(([type, { schema }]) => [type, compile(schema)])) : null,
      ]),
    )

  const operations = Object.entries(Document.parse(json).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]): Operation => {
      const schema = requestBody?.content['application/json']?.schema
      return {
        method: method.toUpperCase(),
        path,
        parameters: parameters.map((one) => ({
          in: one.in,
          name: one.name,
          isRequired: one.required === true,
          schema: one.schema,
          matches: compile(one.schema),
        })),
        body: schema === undefined ? null : { schema, matches: compile(schema) },
        answers: answersOf(responses),
      }
    }),
  )
  const components = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) }).parse(json)

  return {
    operations,
    /** A schema, or the one that it refers to. */
    resolve: (schema: unknown): SchemaNode => {
      const node = SchemaNode.parse(schema)
      const name = node.$ref?.split('/').at(-1)
      return name === undefined ? node : SchemaNode.parse(components.components.schemas[name])
    },
  }
}

export type Api = ReturnType<typeof readApi>

const inDocument = (schema: unknown): AnySchema =>
  z
    .record(z.string(), z.unknown())
    .parse(
      JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === '$ref' ? `api${String(value)}` : value))),
    )
