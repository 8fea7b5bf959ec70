import { expect, onTestFinished } from 'vitest'
import { Secret } from '../src/adapters/gateway/secret.ts'
import { auditOf } from '../src/adapters/store/audit.ts'
import { clustersOf } from '../src/clusters.ts'
import type { WhmcsConfig } from '../src/config-whmcs.ts'
import { TICKETS_URL } from '../src/features/session/whmcs-sign-in.routes.ts'
import { whmcsBackground } from '../src/whmcs-background.ts'
import { openWhmcs } from '../src/whmcs-open.ts'
import type { bulkDesk } from './bulk-desk.ts'
import { ADDON_KEY, addonParts, OLD_KEY, signedHeaders, ticketOf } from './whmcs-addon.ts'
import { installProcedures } from './whmcs-procedures.ts'
import { apiOf, mariadbUrl, startFakeWhmcs } from './whmcs-world.ts'
import { ADMIN, CLUSTER } from './world.ts'

type Here = Awaited<ReturnType<typeof bulkDesk>>
type Log = Here['app']['log']
type See = (...given: Parameters<Here['admin']>) => Promise<void>

const HOUR = 3_600_000
const OLD_SECRET = 'canary/of+a+note+of+the+seed'
const OLD_NOTE = [
  'UserId: 00000000000000ff',
  'AWSAccessKeyId: 00000000000000ffAAAA',
  `AWSSecretAccessKey: ${OLD_SECRET}`,
]
const CREDENTIALS = ['secret', 'accesskey']
const PAGES = [
  'whmcs',
  'whmcs/queue?show=all',
  'whmcs/drift',
  'whmcs/old-secrets',
  'clients',
  'clients/1',
  'clients/99',
]

/** A WHMCS that the console tells, with secrets that can be told from all else; it lets in by its access key alone. */
export const whmcsDay = async (mode: 'append' | 'database') => {
  const [secret, accessKey] = ['canary-of-the-credential', 'canary-of-the-access-key']
  const fake = await startFakeWhmcs({ clients: 3, settings: { secret, accessKey, allowedIps: [] } })
  const database =
    mode === 'database' ? await installProcedures(mariadbUrl(), fake.database, { withOldSecrets: true }) : null
  const config: WhmcsConfig = {
    mode,
    api: apiOf(fake, { accessKey: Secret.of(accessKey), timeoutMs: 300 }),
    database,
    addon: null,
    adminUrl: 'https://billing.example.com/admin',
    linkFieldId: 4,
    syncIntervalMs: HOUR,
    usagePush: 'none',
  }
  let ahead = 0
  let sink: Log | null = null
  const now = () => new Date(Date.now() + ahead)
  const log = {
    info: (details: object, message: string) => sink?.info(details, message),
    warn: (details: object, message: string) => sink?.warn(details, message),
    error: (details: object, message: string) => sink?.error(details, message),
  }
  const whmcs = openWhmcs(config, { log, now })
  const secrets: Record<string, string> = {
    'the secret of WHMCS': secret,
    'the access key of WHMCS': accessKey,
    'the secret of the addon': ADDON_KEY.secret,
    'the secret of the addon before': OLD_KEY.secret,
    ...(database && { 'the password of the database': database.password.reveal() }),
    ...(database && { 'the secret in an old note': OLD_SECRET }),
  }

  const telling = async (here: Here) => {
    sink = here.app.log
    const clusters = clustersOf([here.cluster])
    const background = whmcsBackground({
      config,
      whmcs,
      store: here.store,
      clusters,
      audit: auditOf(here.store),
      log,
      now,
    })
    await background.begin()
    // Takes the lease, where there is one.
    await background.start()
    onTestFinished(() => background.stop())
    return background
  }

  return {
    secrets,
    parts: { whmcs, addon: addonParts([[1, ADMIN.email]]) },
    telling,

    /** All that a console tells and asks, while WHMCS answers as badly as it can, and in the end well. */
    async live(here: Here, background: Awaited<ReturnType<typeof telling>>, see: See): Promise<void> {
      const quoting = `${secret} and ${accessKey} of ${here.simulator.secretAccessKey}`
      const later = async () => {
        ahead += 7 * HOUR
        await background.round()
      }
      await see('PUT', `${CLUSTER}/users/${here.user(1).id}/state`, { state: 'disabled' })
      const faults: Parameters<typeof fake.control.addFault>[0][] = [
        { kind: 'error', message: `Authentication Failed: ${quoting.split(' of ')[0]}` },
        { kind: 'html', status: 503 },
        { kind: 'body', body: `{"leak":"${quoting}"}` },
        { kind: 'cut', isCarriedOut: true },
        { kind: 'hang' },
      ]
      for (const fault of faults) {
        fake.control.addFault(fault)
        await later()
        for (const page of ['whmcs', 'clients/1']) await see('GET', `/api/v1/${page}`)
        await see('POST', '/api/v1/whmcs/test', {})
        fake.control.clearFaults()
        await see('POST', '/api/v1/whmcs/queue/resume', {})
      }
      fake.control.set({ secret: `${secret} of tomorrow` })
      await later()
      await see('GET', '/api/v1/whmcs')
      fake.control.set({ secret })
      await see('POST', '/api/v1/whmcs/queue/resume', {})
      if (database) {
        const noteId = await fake.control.addNote({ userid: 1, note: OLD_NOTE.join('\n') })
        await see('GET', '/api/v1/whmcs/old-secrets')
        await see('POST', `/api/v1/whmcs/old-secrets/${noteId}/redact`, { clientId: 1, keyId: '00000000000000ffAAAA' })
      }
      // It was left alone for a while.
      await see('POST', '/api/v1/whmcs/test', {})
      for (let n = 0; n < 4; n += 1) await later()
      for (const page of PAGES) await see('GET', `/api/v1/${page}`)
      await see('GET', '/metrics')
      expect((await here.admin('GET', '/api/v1/whmcs')).json()).toMatchObject({ state: 'ok', queue: { waiting: 0 } })
    },

    /** The addon asks for its panel, and leads an admin of WHMCS here; each a second time, which is refused. */
    async comeIn({ app }: Here, answers: string[]): Promise<void> {
      const url = '/api/v1/whmcs/addon/panel?clientId=1'
      const headers = signedHeaders({ method: 'GET', url }, new Date())
      const ticket = ticketOf(new Date())
      const posted = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
      const statuses: number[] = []
      for (let time = 0; time < 2; time += 1) {
        const panel = await app.inject({ url, headers })
        const payload = `ticket=${encodeURIComponent(ticket)}`
        const reply = await app.inject({ method: 'POST', url: TICKETS_URL, headers: posted, payload })
        for (const { name, value } of reply.cookies)
          if (name.endsWith('sid')) secrets['a session by a ticket'] = value.split('.')[0] ?? ''
        answers.push(panel.body, reply.body, JSON.stringify({ ...reply.headers, 'set-cookie': undefined }))
        statuses.push(panel.statusCode, reply.statusCode)
      }
      expect(statuses).toEqual([200, 303, 401, 403])
      secrets['a ticket'] = ticket
    },

    /** What WHMCS was sent, but for the credential where it belongs, and what lies there. */
    async sinks(): Promise<Record<string, string[]>> {
      const { control } = fake
      const calls = control.calls()
      const carried = calls.map(({ parameters }) => [parameters['secret'], parameters['accesskey']])
      expect(carried).toEqual(calls.map(() => [secret, accessKey]))
      const sent = calls.map(({ parameters, ...call }) => ({
        ...call,
        parameters: Object.entries(parameters).filter(([name]) => !CREDENTIALS.includes(name)),
      }))
      const [notes, activity, fields] = [
        await control.notes(),
        await control.activity(),
        await control.fields({ userid: 1 }),
      ]
      expect(notes.map(({ note }) => note).join()).toContain('Access key ID: ')
      expect([sent.length > 20, activity.length > 0, fields.length > 0]).toEqual([true, true, true])
      return {
        'requests to WHMCS': sent.map((call) => JSON.stringify(call)),
        'what lies at WHMCS': [
          ...notes.map(({ note }) => note),
          JSON.stringify([activity, fields, await control.clients()]),
        ],
      }
    },
  }
}
