import { said } from '@ostor-console/shared/said'
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise'
import * as z from 'zod'
import type { Secret } from '../gateway/secret.ts'
import { safeText } from '../gateway/told.ts'
import { WhmcsError, type WhmcsFailure, type WhmcsNotes } from './whmcs.ts'

export type WhmcsDatabase = {
  host: string
  port: number
  user: string
  password: Secret
  /** The one with the procedures. */
  database: string
  isEncrypted: boolean
  /** PEM of the authorities to trust in place of the system's. */
  ca: string | null
}

const CONNECT_TIMEOUT_MS = 5000
const CALL_TIMEOUT_MS = 15_000

/** What the procedures rest on, and what else clean sources say of the table. */
const EXPECTED: [string, RegExp][] = [
  ['id', /int$/],
  ['userid', /int$/],
  ['adminid', /int$/],
  ['created', /^(datetime|timestamp)$/],
  ['modified', /^(datetime|timestamp)$/],
  ['note', /text$/],
  ['sticky', /int$/],
]

const MARKER = /^\[ostor-dash:[a-z]:[0-9A-HJKMNP-TV-Z]{26}\]$/

const Shape = z.array(z.object({ name: z.string(), type: z.string() }))
const Ids = z.array(z.object({ id: z.int() }))
const Deleted = z.tuple([z.object({ deleted: z.int() })])
const Redacted = z.tuple([z.object({ redacted: z.int() })])
const OldSecrets = z.array(
  z
    .object({ id: z.int(), userid: z.int(), s3user: z.string(), keyid: z.string(), redacted: z.int() })
    .transform(({ id, userid, s3user, keyid, redacted }) => ({
      noteId: id,
      clientId: userid,
      userId: s3user,
      keyId: keyid,
      isRedacted: redacted === 1,
    })),
)

/** How the server calls what went wrong. */
const KINDS: Record<string, WhmcsFailure> = {
  ER_ACCESS_DENIED_ERROR: 'wrong-credentials',
  ER_HOST_NOT_PRIVILEGED: 'address-refused',
  ER_DBACCESS_DENIED_ERROR: 'action-refused',
  ER_PROCACCESS_DENIED_ERROR: 'action-refused',
  ER_SP_DOES_NOT_EXIST: 'action-refused',
}

const Failure = z.object({ code: z.string(), errno: z.number().optional(), message: z.string() })
const NEVER_REACHED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'HANDSHAKE_SSL_ERROR',
  'HANDSHAKE_NO_SSL_SUPPORT',
]

const failureOf = (error: unknown): WhmcsError => {
  const { code = '', message = said`for no known reason` } = Failure.safeParse(error).data ?? {}
  const isRefusal = code.startsWith('ER_')
  const kind =
    KINDS[code] ?? (isRefusal ? 'refused' : code.includes('TIMEOUT') || code === 'ETIMEDOUT' ? 'timeout' : 'transport')
  const what = isRefusal ? said`The database of WHMCS refused` : said`The database of WHMCS does not answer`
  const isKnown = isRefusal || NEVER_REACHED.includes(code)
  return new WhmcsError(kind, `${what}: ${safeText(message)}`, !isKnown, { cause: error })
}

const isMissing = (error: WhmcsError): boolean => error.kind === 'action-refused'

const requireMarker = (marker: string): void => {
  if (!MARKER.test(marker)) throw new WhmcsError('refused', said`That is no marker of this console`, false)
}

/** Our own notes in the database of WHMCS. Only procedures are called, with what they need as parameters. */
export const whmcsNotesOf = (database: WhmcsDatabase): WhmcsNotes => {
  const { host, port, user, password, isEncrypted, ca } = database
  const pool: Pool = createPool({
    host,
    port,
    user,
    database: database.database,
    password: password.reveal(),
    connectionLimit: 2,
    connectTimeout: CONNECT_TIMEOUT_MS,
    charset: 'utf8mb4',
    ...(isEncrypted && {
      ssl: { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true, ...(ca !== null && { ca }) },
    }),
  })

  /** The first rows that the procedure answers. */
  const call = async <T>(shape: z.ZodType<T>, procedure: string, values: (string | number)[] = []): Promise<T> => {
    const sql = `CALL ${procedure}(${values.map(() => '?').join(', ')})`
    let rows: unknown
    try {
      const [results] = await pool.execute<RowDataPacket[][]>({ sql, timeout: CALL_TIMEOUT_MS }, values)
      rows = results[0]
    } catch (error) {
      throw failureOf(error)
    }
    const answer = shape.safeParse(rows)
    if (answer.success) return answer.data
    throw new WhmcsError('bad-answer', said`The procedure ${procedure} answered in a form that is not known`, true)
  }

  return {
    async check() {
      const columns = new Map((await call(Shape, 'note_shape')).map(({ name, type }) => [name, type]))
      if (columns.size === 0) return said`There is no table tblnotes, or its rights were taken away`
      const [odd] = EXPECTED.filter(([name, type]) => !type.test(columns.get(name) ?? '')).map(([name]) => name)
      if (odd === undefined) return null
      const type = columns.get(odd)
      return type === undefined
        ? said`The table tblnotes has no column ${odd}`
        : said`The column ${odd} of tblnotes is of the type ${safeText(type)}, which is not expected`
    },

    async find(clientId, marker) {
      requireMarker(marker)
      return (await call(Ids, 'note_find', [clientId, marker])).map(({ id }) => id)
    },

    async remove({ id, clientId, marker }) {
      requireMarker(marker)
      const [{ deleted }] = await call(Deleted, 'note_delete', [id, clientId, marker])
      return deleted === 1
    },

    async oldSecrets() {
      try {
        return await call(OldSecrets, 'old_secrets')
      } catch (error) {
        if (error instanceof WhmcsError && isMissing(error)) return null
        throw error
      }
    },

    async redact({ id, clientId, keyId }) {
      const [{ redacted }] = await call(Redacted, 'old_secret_redact', [id, clientId, keyId])
      return redacted === 1
    },

    close: () => pool.end(),
  }
}
