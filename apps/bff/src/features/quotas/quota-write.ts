import type { Limit } from '@ostor-console/shared/limits'
import { problem } from '@ostor-console/shared/problem'
import type { Quota } from '@ostor-console/shared/quotas'
import { said } from '@ostor-console/shared/said'
import type { GatewayQuota, QuotaTarget } from '../../adapters/gateway/gateway.ts'
import { isCurrent, versionOf } from '../../writing/if-match.ts'
import { sendAndProve } from '../../writing/proof.ts'
import type { WriteParts } from '../../writing/write-parts.ts'

/** Whose quota: as the gateway selects it, and as the audit names it. */
export type QuotaSubject = {
  target: QuotaTarget
  label: string
  ids: { userId: string } | { bucket: string } | Record<string, never>
}

export type Words = Record<string, string>

/** At the gateway 0 means unlimited; here the word does. */
const shown = (size: number): Limit => (size === 0 ? 'unlimited' : size)

/** As the audit keeps it. */
export const inWords = ({ size }: Pick<GatewayQuota, 'size'>): { size: string } => ({ size: String(shown(size)) })

export const quotaOf = ({ size, isUnitKnown, bytesPerGb }: GatewayQuota, readAt: Date): Quota => ({
  size: shown(size),
  isUnitKnown,
  bytesPerGb: bytesPerGb === null ? null : String(bytesPerGb),
  readAt: readAt.toISOString(),
  version: versionOf(size),
})

/** It must run in turn, because it reads, compares and writes. */
export const changeQuota = async (
  { cluster, gateway, writer, now, wait }: WriteParts,
  { target, label, ids }: QuotaSubject,
  size: Limit,
  ifMatch: string | undefined,
): Promise<Quota> => {
  const current = await gateway.getQuota(target)
  if (!isCurrent(versionOf(current.size), ifMatch)) throw problem('changed-meanwhile', { detail: nowItIs(current) })

  const wanted = size === 'unlimited' ? 0 : size
  const action = 'every' in target ? 'quota.default' : 'quota.change'
  const entry = { action, cluster: cluster.id, target: label } as const
  const proven = await writer.write(
    { ...entry, ...ids, before: inWords(current), after: inWords({ size: wanted }) },
    () =>
      sendAndProve({
        send: () => gateway.setQuota(target, wanted),
        read: () => gateway.getQuota(target, wanted),
        holds: (found) => found.size === wanted,
        difference: (found) => differenceOf(found.size, wanted),
        wait,
      }),
  )
  return quotaOf(proven, now())
}

/** Sets back what a change set; it must run in turn. Throws when it is not as it was left. */
export const undoQuota = async (
  parts: WriteParts,
  subject: QuotaSubject,
  { before, after }: { before: Words; after: Words },
): Promise<void> => {
  const current = await parts.gateway.getQuota(subject.target)
  if (inWords(current)['size'] !== after['size']) throw problem('changed-meanwhile', { detail: nowItIs(current) })
  const size = before['size'] === 'unlimited' ? 'unlimited' : Number(before['size'])
  await changeQuota(parts, subject, size, versionOf(current.size))
}

const nowItIs = ({ size }: Pick<GatewayQuota, 'size'>): string =>
  size === 0 ? said`Now it is unlimited` : said`Now it is ${size} GB`

const differenceOf = (found: number, wanted: number): string => {
  if (found === 0) return said`The gateway shows unlimited in place of ${wanted} GB`
  return wanted === 0
    ? said`The gateway shows ${found} GB in place of unlimited`
    : said`The gateway shows ${found} GB in place of ${wanted} GB`
}
