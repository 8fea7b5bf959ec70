import type { MessageDescriptor } from '@lingui/core'
import { msg, plural, t } from '@lingui/core/macro'
import type { Problem, ProblemKind } from '@ostor-console/shared/problem'

export type Advice = {
  tone: 'red' | 'yellow' | 'blue'
  title?: string
  whatToDo?: string
  /** The write may have worked: the only right thing is to look. */
  unknown?: boolean
  /** What is shown is not what stands now: look before it is done again. */
  outdated?: boolean
  /** Trying again is the page's own button. */
  noRetry?: boolean
  /** The single fields are shown elsewhere. */
  hidesFields?: boolean
}

type Known = Omit<Advice, 'title' | 'whatToDo'> & { title?: MessageDescriptor; whatToDo?: MessageDescriptor }

const byKind: Partial<Record<ProblemKind, Known>> = {
  'outcome-unknown': {
    tone: 'yellow',
    title: msg`Outcome not known`,
    whatToDo: msg`It may have worked. Read again and look before you repeat it.`,
    unknown: true,
  },
  'changed-meanwhile': {
    tone: 'yellow',
    whatToDo: msg`Look at what changed, then decide whether to save yours.`,
    outdated: true,
  },
  'being-changed': {
    tone: 'yellow',
    whatToDo: msg`Nothing was changed. Wait a minute, then read again.`,
    unknown: true,
  },
  'being-checked': {
    tone: 'yellow',
    whatToDo: msg`Nothing was changed. Wait a minute, then read again.`,
    unknown: true,
  },
  'cannot-repeat': {
    tone: 'yellow',
    whatToDo: msg`Nothing was changed. Read again to see what stands now.`,
    unknown: true,
  },
  'cannot-undo': {
    tone: 'yellow',
    whatToDo: msg`Nothing was changed. Read again to see what stands now.`,
    unknown: true,
  },
  'not-applied': { tone: 'yellow', whatToDo: msg`Read again to see what the gateway has now.`, unknown: true },
  'gateway-unreachable': {
    tone: 'red',
    whatToDo: msg`Nothing was changed. Check that the gateway runs and that this machine can reach it, then try again.`,
  },
  'gateway-tls': {
    tone: 'red',
    whatToDo: msg`Nothing was changed. Set OSTOR_CA to the certificate authority that signed it, and restart the console.`,
  },
  'gateway-clock': {
    tone: 'red',
    whatToDo: msg`Set both clocks by NTP. The gateway refuses requests that look too old.`,
  },
  'gateway-key-wrong': {
    tone: 'red',
    whatToDo: msg`Check OSTOR_ACCESS_KEY_ID and OSTOR_SECRET_ACCESS_KEY, then restart the console.`,
  },
  'gateway-key-not-system': {
    tone: 'red',
    whatToDo: msg`Make a system user with "ostor-s3-admin create-user -S -e …" and give the console its key.`,
  },
  'gateway-not-ostor': { tone: 'red', whatToDo: msg`Check OSTOR_ENDPOINT: something else answers there.` },
  'gateway-refused': { tone: 'red', whatToDo: msg`Nothing was changed.` },
  'gateway-bad-reply': {
    tone: 'red',
    whatToDo: msg`Try again. If it stays, look at the gateway and at what stands before it.`,
  },
  'store-unavailable': {
    tone: 'red',
    whatToDo: msg`Nothing was sent to the gateway. Look at the store of the console.`,
  },
  'user-not-found': { tone: 'yellow', whatToDo: msg`It may have been deleted, or the address is not right.` },
  'too-many-attempts': { tone: 'yellow' },
  'session-required': {
    tone: 'blue',
    title: msg`Your session had ended`,
    whatToDo: msg`Nothing was sent to the gateway, and what you entered is still here. Do it once more.`,
    noRetry: true,
  },
  'user-has-buckets': { tone: 'yellow', whatToDo: msg`Move or delete the buckets first.` },
}

const advice = new Map(Object.entries(byKind))

export function adviceFor({ type, retryAfterSeconds }: Problem): Advice {
  const { title, whatToDo, ...known } = advice.get(type.replace('/problems/', '')) ?? { tone: 'red' as const }
  return {
    ...known,
    ...(title && { title: t(title) }),
    ...(whatToDo && { whatToDo: t(whatToDo) }),
    ...(retryAfterSeconds !== undefined && {
      whatToDo: plural(retryAfterSeconds, {
        one: 'Try again in # second.',
        other: 'Try again in # seconds.',
      }),
    }),
  }
}
