import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { ClusterId } from '@ostor-console/shared/cluster'
import * as z from 'zod'
import type { Fixed } from './adapters/gateway/dialect.ts'
import { Secret } from './adapters/gateway/secret.ts'
import { ConfigError, required, type Values } from './config-values.ts'
import { whmcsConfigOf } from './config-whmcs.ts'
import { isLoopbackName } from './loopback.ts'
import { SETTINGS, type Setting } from './settings.ts'

type Environment = Record<string, string | undefined>

export type ClusterConfig = {
  id: string
  name: string
  endpoint: string
  accessKeyId: string
  secretAccessKey: Secret
  signature: 'v2' | 'v4'
  region: string
  ca?: string
  /** What is set by hand of how the gateway speaks; the rest is learned. */
  dialect: Fixed
}

export type Config = ReturnType<typeof readConfig>

/** The environment, checked. Throws a `ConfigError` for the first setting that is wrong or missing. */
export const readConfig = (env: Environment) => {
  const values = valuesOf(env)
  const host = values.HOST ?? SETTINGS.HOST.fallback
  const publicUrl = values.PUBLIC_URL ?? null
  const trustProxy = values.TRUST_PROXY ?? []
  if (!publicUrl && !isLoopbackName(host)) {
    throw new ConfigError(`PUBLIC_URL is missing: with HOST ${host} it must be the address that admins open`)
  }
  if (publicUrl?.protocol === 'https:' && trustProxy.length === 0) {
    throw new ConfigError(
      'TRUST_PROXY is missing: with an https PUBLIC_URL it must be the address of the proxy that ends TLS, or nobody can sign in',
    )
  }
  return {
    host,
    port: values.PORT ?? Number(SETTINGS.PORT.fallback),
    publicUrl,
    trustProxy,
    metricsFrom: values.METRICS_FROM ?? [],
    secondStepRequired: values.SECOND_STEP === 'required',
    ...storeOf(values),
    clusters: clustersOf(values),
    singleSignOn: singleSignOnOf(values),
    whmcs: whmcsConfigOf(values),
    ...keysOf(values),
    ...keepingOf(values),
    bulkResultsDays: values.BULK_RESULTS_DAYS ?? Number(SETTINGS.BULK_RESULTS_DAYS.fallback),
    quotaReadsPerSecond: values.QUOTA_READS_PER_SECOND ?? Number(SETTINGS.QUOTA_READS_PER_SECOND.fallback),
    staleAfterMs: 1000 * (values.STALE_AFTER ?? Number(SETTINGS.STALE_AFTER.fallback)),
    logLevel: values.LOG_LEVEL ?? SETTINGS.LOG_LEVEL.fallback,
  }
}

const keepingOf = ({ BACKUP_DIR: folder, RETENTION_DAYS: retentionDays, RAW_STATISTICS_DAYS: days }: Values) => {
  if (retentionDays !== undefined && folder === undefined)
    throw new ConfigError(
      'BACKUP_DIR is missing: with RETENTION_DAYS it must be a folder, because only what is backed up is deleted',
    )
  return {
    backupDir: folder === undefined ? null : resolve(folder),
    retentionDays: retentionDays ?? null,
    rawStatisticsDays: days ?? Number(SETTINGS.RAW_STATISTICS_DAYS.fallback),
  }
}

const singleSignOnOf = (values: Values) => {
  const { OIDC_ISSUER: issuer } = values
  if (!issuer) {
    const [lone] = Object.entries(values).find(([name, value]) => name.startsWith('OIDC_') && value !== undefined) ?? []
    if (values.EMERGENCY_ADMINS)
      throw new ConfigError('OIDC_ISSUER is missing: with EMERGENCY_ADMINS nobody else could sign in')
    if (lone) throw new ConfigError(`OIDC_ISSUER is missing: ${lone} is set, and needs the address of the provider`)
    return null
  }
  return {
    issuer,
    clientId: required(values, 'OIDC_CLIENT_ID', 'OIDC_ISSUER'),
    clientSecret: Secret.of(required(values, 'OIDC_CLIENT_SECRET', 'OIDC_ISSUER')),
    roles: required(values, 'OIDC_ROLES', 'OIDC_ISSUER'),
    name: values.OIDC_NAME ?? SETTINGS.OIDC_NAME.fallback,
    scopes: values.OIDC_SCOPES ?? SETTINGS.OIDC_SCOPES.fallback,
    groupsClaim: values.OIDC_GROUPS_CLAIM ?? SETTINGS.OIDC_GROUPS_CLAIM.fallback,
    emergencyAdmins: values.EMERGENCY_ADMINS ?? null,
  }
}

/** Only where the store is: all that `npm run admin` needs. */
export const readStoreConfig = (env: Environment) => storeOf(valuesOf(env))

const storeOf = (values: Values) => ({
  dataDir: resolve(values.DATA_DIR ?? SETTINGS.DATA_DIR.fallback),
  databaseUrl: values.DATABASE_URL ? Secret.of(values.DATABASE_URL) : null,
})

/** All that `npm run rekey` needs. */
export const readKeyConfig = (env: Environment) => {
  const values = valuesOf(env)
  return { ...storeOf(values), ...keysOf(values) }
}

const keysOf = ({ SECRET_KEY: current, SECRET_KEY_OLD: old }: Values) => ({
  secretKey: current ? Secret.of(current) : null,
  oldSecretKey: old ? Secret.of(old) : null,
})

const valuesOf = (env: Environment): Values => {
  const known = new Set(Object.keys(SETTINGS).flatMap((name) => [name, `${name}_FILE`]))
  const stranger = Object.keys(env).find((name) => /^(OSTOR|OIDC|WHMCS)_/.test(name) && !known.has(name))
  if (stranger) throw new ConfigError(`${stranger} is not a setting; the README lists them all`)

  return Object.fromEntries(
    Object.entries<Setting>(SETTINGS).map(([name, setting]) => [name, read(env, name, setting)]),
  )
}

const read = (env: Environment, name: string, setting: Setting): unknown => {
  const text = textOf(env, name, setting)
  if (text === undefined) return undefined
  const value = setting.schema.safeParse(text)
  if (value.success) return value.data
  const got = setting.secret ? 'set' : JSON.stringify(text.slice(0, 80))
  throw new ConfigError(`${name} is ${got}, but ${value.error.issues[0]?.message ?? 'is wrong'}`)
}

/** An empty variable counts as not set, because that is how compose files and unit files write "none". */
const textOf = (env: Environment, name: string, { ownerOnly }: Setting): string | undefined => {
  const path = env[`${name}_FILE`]
  if (!path) return env[name] || undefined
  if (env[name]) throw new ConfigError(`${name} and ${name}_FILE are both set, but only one may be`)
  const text = fileOf(`${name}_FILE`, path)
  if (ownerOnly) refuseReadable(`${name}_FILE`, path)
  return text || undefined
}

const fileOf = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8').trimEnd()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new ConfigError(`${name} is ${JSON.stringify(path)}, but that file cannot be read (${code})`)
  }
}

/** A key that everybody on the machine can read is no key. */
export const refuseReadable = (name: string, path: string): void => {
  if (process.platform === 'win32' || (statSync(path).mode & 0o007) === 0) return
  throw new ConfigError(
    `${name} is ${JSON.stringify(path)}, but everybody on this machine can read that file: chmod 600 it`,
  )
}

const clustersOf = (values: Values): ClusterConfig[] => {
  const { OSTOR_ENDPOINT: endpoint, OSTOR_CLUSTERS: list, OSTOR_ALLOW_HTTP: allowHttp = false } = values
  if (list !== undefined) {
    if (endpoint) throw new ConfigError('OSTOR_ENDPOINT and OSTOR_CLUSTERS are both set, but only one may be')
    return listedClusters(list, allowHttp)
  }
  if (!endpoint) {
    throw new ConfigError(
      'OSTOR_ENDPOINT is missing: it must be the address of the gateway, such as https://s3.example.com',
    )
  }
  return [
    {
      id: 'default',
      name: endpoint.host,
      endpoint: checkedEndpoint('OSTOR_ENDPOINT', endpoint, allowHttp),
      accessKeyId: required(values, 'OSTOR_ACCESS_KEY_ID', 'OSTOR_ENDPOINT'),
      secretAccessKey: Secret.of(required(values, 'OSTOR_SECRET_ACCESS_KEY', 'OSTOR_ENDPOINT')),
      signature: values.OSTOR_SIGNATURE ?? SETTINGS.OSTOR_SIGNATURE.fallback,
      region: values.OSTOR_REGION ?? SETTINGS.OSTOR_REGION.fallback,
      ...(values.OSTOR_CA !== undefined && { ca: values.OSTOR_CA }),
      dialect: {
        version: values.OSTOR_VERSION,
        ways: { limitsForm: values.OSTOR_LIMITS_FORM, quotaUnit: values.OSTOR_QUOTA_UNIT },
      },
    },
  ]
}

const checkedEndpoint = (name: string, url: URL, allowHttp: boolean): string => {
  if (url.protocol === 'http:' && !allowHttp && !isLoopbackName(url.hostname)) {
    throw new ConfigError(
      `${name} is "${url.origin}", but must begin with https://, or OSTOR_ALLOW_HTTP=yes must say that keys and replies may be read and changed on the way`,
    )
  }
  return url.origin
}

const Listed = z
  .array(
    z.strictObject({
      id: ClusterId,
      name: z.string().min(1).max(80),
      endpoint: SETTINGS.OSTOR_ENDPOINT.schema,
      accessKeyId: SETTINGS.OSTOR_ACCESS_KEY_ID.schema,
      secretAccessKey: SETTINGS.OSTOR_SECRET_ACCESS_KEY.schema.optional(),
      secretAccessKeyFile: z.string().optional(),
      signature: SETTINGS.OSTOR_SIGNATURE.schema.default(SETTINGS.OSTOR_SIGNATURE.fallback),
      region: SETTINGS.OSTOR_REGION.schema.default(SETTINGS.OSTOR_REGION.fallback),
      ca: SETTINGS.OSTOR_CA.schema.optional(),
      version: SETTINGS.OSTOR_VERSION.schema.optional(),
      limitsForm: SETTINGS.OSTOR_LIMITS_FORM.schema.optional(),
      quotaUnit: SETTINGS.OSTOR_QUOTA_UNIT.schema.optional(),
    }),
    { error: 'must be a list' },
  )
  .min(1, { error: 'must have at least one cluster' })

const listedClusters = (text: string, allowHttp: boolean): ClusterConfig[] => {
  const clusters = Listed.safeParse(jsonOf(text))
  if (!clusters.success) {
    const [issue] = clusters.error.issues
    const at = issue?.path.length ? ` at ${issue.path.join('.')}` : ''
    throw new ConfigError(`OSTOR_CLUSTERS is wrong${at}: ${issue?.message ?? 'it cannot be read'}`)
  }
  const ids = new Set<string>()
  return clusters.data.map(
    ({ secretAccessKey, secretAccessKeyFile, ca, version, limitsForm, quotaUnit, ...cluster }) => {
      const name = `OSTOR_CLUSTERS (${cluster.id})`
      if (ids.has(cluster.id)) throw new ConfigError(`${name} is there twice, but each id must be used once`)
      ids.add(cluster.id)
      const secret = secretAccessKeyFile ? fileOf(`${name}: secretAccessKeyFile`, secretAccessKeyFile) : secretAccessKey
      if (!secret) throw new ConfigError(`${name}: secretAccessKey or secretAccessKeyFile is missing`)
      const endpoint = checkedEndpoint(`${name}: endpoint`, cluster.endpoint, allowHttp)
      const dialect = { version, ways: { limitsForm, quotaUnit } }
      return { ...cluster, endpoint, secretAccessKey: Secret.of(secret), dialect, ...(ca !== undefined && { ca }) }
    },
  )
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConfigError('OSTOR_CLUSTERS is set, but must be JSON')
  }
}
