import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { WhmcsMode, WhmcsState, WhmcsStatus } from '@ostor-console/shared/whmcs'

type Words = {
  tone: 'good' | 'warn' | 'bad' | 'off'
  word: MessageDescriptor
  /** What it means, in one sentence. */
  meaning: MessageDescriptor
  /** One step after the other; empty when there is nothing to do. */
  todo: MessageDescriptor[]
}

const AFTERWARDS = msg`Then press “Test the connection”. When it holds, press “Try what is blocked again”.`

export const STATE_WORDS: Record<WhmcsState, Words> = {
  off: {
    tone: 'off',
    word: msg`Off`,
    meaning: msg`This console knows no WHMCS.`,
    todo: [msg`Set WHMCS_MODE and what goes with it, and restart the console: docs/whmcs.md says how.`],
  },
  untried: {
    tone: 'off',
    word: msg`Not asked yet`,
    meaning: msg`WHMCS was not asked since the console started.`,
    todo: [],
  },
  ok: { tone: 'good', word: msg`Connected`, meaning: msg`WHMCS answers, and knows the credential.`, todo: [] },
  unreachable: {
    tone: 'warn',
    word: msg`No answer`,
    meaning: msg`WHMCS does not answer. Work on storage goes on; what WHMCS is to be told waits and is sent once it is back.`,
    todo: [msg`Check that WHMCS runs, and that this machine reaches it.`, msg`Nothing has to be repeated here.`],
  },
  'bad-answer': {
    tone: 'warn',
    word: msg`Odd answer`,
    meaning: msg`Something answers that does not speak as WHMCS does. What WHMCS is to be told waits.`,
    todo: [
      msg`Check that WHMCS_API_URL ends in includes/api.php.`,
      msg`Look for a page of maintenance, a proxy or an error of PHP that answers in its place.`,
    ],
  },
  'wrong-credentials': {
    tone: 'bad',
    word: msg`Credential refused`,
    meaning: msg`WHMCS does not accept the credential of the console, so nothing is sent.`,
    todo: [
      msg`Look at WHMCS whether the API credential still exists, and whether its admin is active.`,
      msg`Compare it with WHMCS_IDENTIFIER and WHMCS_SECRET.`,
      AFTERWARDS,
    ],
  },
  'address-refused': {
    tone: 'bad',
    word: msg`Address refused`,
    meaning: msg`WHMCS takes no calls from the address of this machine, so nothing is sent.`,
    todo: [
      msg`Add the address of this machine at WHMCS, under General Settings, Security, API IP Access Restriction.`,
      msg`Behind a changing address an access key does instead: WHMCS_ACCESS_KEY.`,
      AFTERWARDS,
    ],
  },
  'action-refused': {
    tone: 'bad',
    word: msg`Action refused`,
    meaning: msg`The role of the credential lacks an action that the console needs, so nothing is sent.`,
    todo: [msg`Allow the actions that are missing below in the API role at WHMCS.`, AFTERWARDS],
  },
}

/** What is told to WHMCS; a mode is called as in the settings. */
export const MODE_MEANINGS: Record<WhmcsMode, MessageDescriptor> = {
  off: msg`Nothing is told to WHMCS.`,
  append: msg`Notes are added and none is removed: that a key was revoked is one more note.`,
  database: msg`Notes are added, and our own are removed by two procedures in its database.`,
  addon: msg`The addon inside WHMCS fetches what is to be told, and writes and removes notes.`,
  compat: msg`Notes hold the secret in clear text, as the vendor’s scripts wrote them.`,
}

/** WHMCS refuses until somebody changes something. */
export const isRefused = ({ state }: WhmcsStatus): boolean => STATE_WORDS[state].tone === 'bad'

export const isDown = ({ state }: WhmcsStatus): boolean => state !== 'ok' && state !== 'untried' && state !== 'off'
