import { isIP } from 'node:net'
import { Secret } from './adapters/gateway/secret.ts'
import { ConfigError, required, type Values } from './config-values.ts'
import { isLoopbackName } from './loopback.ts'
import { SETTINGS } from './settings.ts'

export type WhmcsConfig = NonNullable<ReturnType<typeof whmcsConfigOf>>

/** What the settings say of WHMCS; `null` when it is off. */
export const whmcsConfigOf = (values: Values) => {
  const { WHMCS_MODE: mode = SETTINGS.WHMCS_MODE.fallback } = values
  if (mode === 'off') {
    refuseStrays(values)
    return null
  }
  if (mode === 'compat' && values.WHMCS_ACCEPT_SECRETS_IN_NOTES !== true) {
    throw new ConfigError(
      'WHMCS_MODE is "compat", which writes secret keys into notes: WHMCS_ACCEPT_SECRETS_IN_NOTES=yes must say that this is accepted',
    )
  }
  return {
    mode,
    /** `null` only in the mode `addon`, where nothing but the addon may be there. */
    api: mode === 'addon' && values.WHMCS_API_URL === undefined ? null : apiOf(values, mode),
    /** Always there in the mode `database`, perhaps in `compat`. */
    database: databaseOf(values, mode),
    /** The addon may come in every mode. */
    addon: addonOf(values, mode),
    /** Without a slash at its end. */
    adminUrl: values.WHMCS_ADMIN_URL?.href.replace(/\/$/, '') ?? null,
    linkFieldId: values.WHMCS_LINK_FIELD_ID ?? null,
    syncIntervalMs: 60_000 * (values.WHMCS_SYNC_INTERVAL_MIN ?? Number(SETTINGS.WHMCS_SYNC_INTERVAL_MIN.fallback)),
    usagePush: values.WHMCS_USAGE_PUSH ?? SETTINGS.WHMCS_USAGE_PUSH.fallback,
  }
}

/** Who says `off` may leave the rest as it is; who says nothing has forgotten it. */
const refuseStrays = (values: Values): void => {
  if (values.WHMCS_MODE === 'off') return
  const [stray] = Object.entries(values).find(([name, value]) => name.startsWith('WHMCS_') && value !== undefined) ?? []
  if (stray) throw new ConfigError(`WHMCS_MODE is missing: ${stray} is set, and without a mode WHMCS is off`)
}

const apiOf = (values: Values, mode: string) => {
  const by = `WHMCS_MODE ${mode}`
  const url = required(values, 'WHMCS_API_URL', by)
  if (url.protocol === 'http:' && values.WHMCS_ALLOW_HTTP !== true && !isLoopbackName(url.hostname)) {
    throw new ConfigError(
      `WHMCS_API_URL is "${url.href}", but must begin with https://, or WHMCS_ALLOW_HTTP=yes must say that the credential and what is sent may be read and changed on the way`,
    )
  }
  return {
    url,
    identifier: required(values, 'WHMCS_IDENTIFIER', 'WHMCS_API_URL'),
    secret: Secret.of(required(values, 'WHMCS_SECRET', 'WHMCS_API_URL')),
    accessKey: values.WHMCS_ACCESS_KEY ? Secret.of(values.WHMCS_ACCESS_KEY) : null,
    ca: values.WHMCS_CA ?? null,
    timeoutMs: values.WHMCS_TIMEOUT_MS ?? Number(SETTINGS.WHMCS_TIMEOUT_MS.fallback),
    maxPerSecond: values.WHMCS_MAX_RPS ?? Number(SETTINGS.WHMCS_MAX_RPS.fallback),
    maxParallel: values.WHMCS_MAX_PARALLEL ?? Number(SETTINGS.WHMCS_MAX_PARALLEL.fallback),
  }
}

const databaseOf = (values: Values, mode: string) => {
  const { WHMCS_DB_URL: given } = values
  if (given && mode !== 'database' && mode !== 'compat')
    throw new ConfigError(`WHMCS_DB_URL is set, but the mode ${mode} asks no database: only database and compat do`)
  if (mode !== 'database' && !given) return null
  const url = required(values, 'WHMCS_DB_URL', `WHMCS_MODE ${mode}`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isEncrypted = values.WHMCS_DB_TLS ?? !isLoopbackName(host)
  if (isEncrypted && isIP(host) !== 0)
    throw new ConfigError(
      `WHMCS_DB_URL is set, but its host is ${host}, and a certificate is checked against a name: give the name that it is for`,
    )
  return {
    host,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: Secret.of(decodeURIComponent(url.password)),
    database: url.pathname.slice(1),
    isEncrypted,
    ca: values.WHMCS_DB_CA ?? null,
  }
}

const addonOf = (values: Values, mode: string) => {
  const {
    WHMCS_ADDON_KEY_ID: id,
    WHMCS_ADDON_KEY_ID_OLD: oldId,
    WHMCS_ADMINS: people = new Map<number, string>(),
  } = values
  if (mode !== 'addon' && id === undefined) {
    const lone = (
      ['WHMCS_ADDON_SECRET', 'WHMCS_ADDON_KEY_ID_OLD', 'WHMCS_ADDON_SECRET_OLD', 'WHMCS_ADMINS'] as const
    ).find((name) => values[name] !== undefined)
    if (lone) throw new ConfigError(`WHMCS_ADDON_KEY_ID is missing: ${lone} is set, and needs the key of the addon`)
    return null
  }
  const current = {
    id: required(values, 'WHMCS_ADDON_KEY_ID', `WHMCS_MODE ${mode}`),
    secret: Secret.of(required(values, 'WHMCS_ADDON_SECRET', 'WHMCS_ADDON_KEY_ID')),
  }
  if (oldId === undefined) {
    if (values.WHMCS_ADDON_SECRET_OLD)
      throw new ConfigError('WHMCS_ADDON_KEY_ID_OLD is missing: WHMCS_ADDON_SECRET_OLD is set, and belongs to it')
    return { keys: [current], people }
  }
  if (oldId === current.id) throw new ConfigError('WHMCS_ADDON_KEY_ID_OLD is the same as WHMCS_ADDON_KEY_ID')
  const old = { id: oldId, secret: Secret.of(required(values, 'WHMCS_ADDON_SECRET_OLD', 'WHMCS_ADDON_KEY_ID_OLD')) }
  return { keys: [current, old], people }
}
