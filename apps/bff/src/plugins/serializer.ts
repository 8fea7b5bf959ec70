import fastJsonStringify, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import * as z from 'zod'

/** Writes an answer as its schema says: a field that is not declared is not sent, one that is missing is an error. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  if (schema instanceof z.ZodVoid) return () => ''
  return (answer) => writerOf(schema)(answer)
}

type Writer = (answer: unknown) => string
const writers = new WeakMap<z.ZodType, Writer>()

// To make all of them takes half of the console's start, and most are not asked for in its first hour.
const writerOf = (schema: z.ZodType): Writer => {
  const writer = writers.get(schema) ?? fastJsonStringify(jsonSchemaOf(schema))
  writers.set(schema, writer)
  return writer
}

// Formats and patterns are the gateway adapter's to check; here they would only make each answer slower.
const jsonSchemaOf = (schema: z.ZodType): Schema =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Two libraries' types of the same JSON Schema.
  z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    metadata: z.registry(),
    override: ({ jsonSchema }) => {
      delete jsonSchema.format
      delete jsonSchema.pattern
      delete jsonSchema.propertyNames
      const [some, none, ...more] = jsonSchema.anyOf ?? []
      if (typeof some?.type === 'string' && SIMPLE.has(some.type) && none?.type === 'null' && more.length === 0) {
        delete jsonSchema.anyOf
        Object.assign(jsonSchema, some, { type: [some.type, 'null'] })
      }
    },
  }) as Schema

const SIMPLE = new Set(['string', 'integer', 'number', 'boolean'])
