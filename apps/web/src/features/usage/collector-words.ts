import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { CollectorState } from '@ostor-console/shared/collector'
import { formatCount } from '../../format/counts.ts'

type Words = { tone: 'good' | 'warn' | 'bad' | 'off'; text: MessageDescriptor }

export const COLLECTOR_WORDS: Record<CollectorState, Words> = {
  starting: { tone: 'warn', text: msg`starting` },
  'catching-up': { tone: 'warn', text: msg`collecting history` },
  'up-to-date': { tone: 'good', text: msg`up to date` },
  off: { tone: 'off', text: msg`no statistics at the gateway` },
  standby: { tone: 'good', text: msg`another process collects` },
  failing: { tone: 'bad', text: msg({ message: 'fails', context: 'the collector' }) },
  'store-failing': { tone: 'bad', text: msg`stopped: the store takes nothing` },
}

/** Said beside "Quarantined". */
export const quarantinedText = (objects: number): string => t`${formatCount(objects)}: look and decide`
