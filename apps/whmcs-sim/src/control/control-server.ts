import { createServer, type IncomingMessage, type Server } from 'node:http'
import * as z from 'zod'
import { Fault } from '../faults.ts'
import { EditedSettings } from '../settings.ts'
import { EditedClient, NewClient, NewNote, NewService, type Steered } from './control.ts'

const Where = z.strictObject({ userid: z.int().optional() })
const OneClient = z.strictObject({ userid: z.int() })
const ById = z.strictObject({ id: z.int() })
const Nothing = z.strictObject({})

type Command = { help: string; run: (whmcs: Steered, body: unknown) => unknown }

const command = <S extends z.ZodType>(
  help: string,
  input: S,
  run: (whmcs: Steered, given: z.output<S>) => unknown,
): Command => ({ help, run: (whmcs, body) => run(whmcs, input.parse(body)) })

const COMMANDS: Record<string, Command> = {
  addClient: command(
    '{"email", "firstname"?, "lastname"?, "companyname"?, "status"?, "currency"?}',
    NewClient,
    ({ control }, given) => control.addClient(given),
  ),
  editClient: command('{"id", and what is to change}', EditedClient, ({ control }, given) => control.editClient(given)),
  removeClient: command('{"id"}; notes and services go with it', ById, ({ control }, given) =>
    control.removeClient(given),
  ),
  clients: command('{}: all of them', Nothing, ({ control }) => control.clients()),
  addService: command('{"userid", "name"?, "domain"?, "status"?, "nextduedate"?}', NewService, ({ control }, given) =>
    control.addService(given),
  ),
  services: command('{"userid"?}', Where, ({ control }, given) => control.services(given)),
  addNote: command('{"userid", "note"}: as a person writes it', NewNote, ({ control }, given) =>
    control.addNote(given),
  ),
  removeNote: command('{"id"}', ById, ({ control }, given) => control.removeNote(given)),
  clearRecords: command('{}: no client has notes, fields, invoices or a log', Nothing, ({ control }) =>
    control.clearRecords(),
  ),
  notes: command('{"userid"?}', Where, ({ control }, given) => control.notes(given)),
  activity: command('{"userid"?}', Where, ({ control }, given) => control.activity(given)),
  invoices: command('{"userid"?}', Where, ({ control }, given) => control.invoices(given)),
  fields: command('{"userid"}: custom fields', OneClient, ({ control }, given) => control.fields(given)),
  set: command('the settings that are to change', EditedSettings, ({ control }, given) => control.set(given)),
  addFault: command(
    `{"kind": ${Fault.shape.kind.options.join('|')}, "action"?, "clientId"?, "nth"?, "times"? …}`,
    Fault,
    ({ control }, given) => control.addFault(given),
  ),
  clearFaults: command('{}', Nothing, ({ control }) => control.clearFaults()),
  calls: command('{}: what arrived', Nothing, ({ control }) => control.calls()),
  clearCalls: command('{}: forget it', Nothing, ({ control }) => control.clearCalls()),
  down: command('{}: nothing listens any more', Nothing, ({ down }) => down()),
  up: command('{}: it listens again at the same address', Nothing, ({ up }) => up()),
}

/** Each command of the control address with what it takes. */
export const helpOnCommands = Object.entries(COMMANDS)
  .map(([name, { help }]) => `  ${name.padEnd(14)} ${help}`)
  .join('\n')

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let sent = ''
  for await (const piece of request) sent += String(piece)
  return sent === '' ? {} : JSON.parse(sent)
}

/** The control address: `POST /<command>` with its input as JSON. */
export const createControlServer = (whmcs: Steered): Server => {
  const answerTo = async (request: IncomingMessage): Promise<unknown> => {
    // A web page that has been pointed at this port by name must not steer the world.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
      throw new Error('the Host must be 127.0.0.1')
    const name = request.url?.slice(1) ?? ''
    const known = request.method === 'POST' && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!known) throw new Error(`there is no ${request.method} /${name}; see --help`)
    return (await known.run(whmcs, await bodyOf(request))) ?? null
  }

  return createServer((request, response) => {
    const finish = (status: number, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    answerTo(request).then(
      (body) => finish(200, body),
      (error: unknown) => finish(400, { error: error instanceof Error ? error.message : String(error) }),
    )
  })
}
