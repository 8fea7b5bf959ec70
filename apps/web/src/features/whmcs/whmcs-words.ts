import type { WhmcsMode, WhmcsState, WhmcsStatus } from '@ostor-console/shared/whmcs'

type Words = {
  tone: 'good' | 'warn' | 'bad' | 'off'
  word: string
  /** What it means, in one sentence. */
  meaning: string
  /** One step after the other; empty when there is nothing to do. */
  todo: string[]
}

const AFTERWARDS = 'Then press “Test the connection”. When it holds, press “Try what is blocked again”.'

export const STATE_WORDS: Record<WhmcsState, Words> = {
  off: {
    tone: 'off',
    word: 'Off',
    meaning: 'This console knows no WHMCS.',
    todo: ['Set WHMCS_MODE and what goes with it, and restart the console: docs/whmcs.md says how.'],
  },
  untried: {
    tone: 'off',
    word: 'Not asked yet',
    meaning: 'WHMCS was not asked since the console started.',
    todo: [],
  },
  ok: { tone: 'good', word: 'Connected', meaning: 'WHMCS answers, and knows the credential.', todo: [] },
  unreachable: {
    tone: 'warn',
    word: 'No answer',
    meaning:
      'WHMCS does not answer. Work on storage goes on; what WHMCS is to be told waits and is sent once it is back.',
    todo: ['Check that WHMCS runs, and that this machine reaches it.', 'Nothing has to be repeated here.'],
  },
  'bad-answer': {
    tone: 'warn',
    word: 'Odd answer',
    meaning: 'Something answers that does not speak as WHMCS does. What WHMCS is to be told waits.',
    todo: [
      'Check that WHMCS_API_URL ends in includes/api.php.',
      'Look for a page of maintenance, a proxy or an error of PHP that answers in its place.',
    ],
  },
  'wrong-credentials': {
    tone: 'bad',
    word: 'Credential refused',
    meaning: 'WHMCS does not accept the credential of the console, so nothing is sent.',
    todo: [
      'Look at WHMCS whether the API credential still exists, and whether its admin is active.',
      'Compare it with WHMCS_IDENTIFIER and WHMCS_SECRET.',
      AFTERWARDS,
    ],
  },
  'address-refused': {
    tone: 'bad',
    word: 'Address refused',
    meaning: 'WHMCS takes no calls from the address of this machine, so nothing is sent.',
    todo: [
      'Add the address of this machine at WHMCS, under General Settings, Security, API IP Access Restriction.',
      'Behind a changing address an access key does instead: WHMCS_ACCESS_KEY.',
      AFTERWARDS,
    ],
  },
  'action-refused': {
    tone: 'bad',
    word: 'Action refused',
    meaning: 'The role of the credential lacks an action that the console needs, so nothing is sent.',
    todo: ['Allow the actions that are missing below in the API role at WHMCS.', AFTERWARDS],
  },
}

export const MODE_WORDS: Record<WhmcsMode, { word: string; meaning: string }> = {
  off: { word: 'off', meaning: 'Nothing is told to WHMCS.' },
  append: { word: 'append', meaning: 'Notes are added and none is removed: that a key was revoked is one more note.' },
  database: {
    word: 'database',
    meaning: 'Notes are added, and our own are removed by two procedures in its database.',
  },
  addon: { word: 'addon', meaning: 'The addon inside WHMCS fetches what is to be told, and writes and removes notes.' },
  compat: { word: 'compat', meaning: 'Notes hold the secret in clear text, as the vendor’s scripts wrote them.' },
}

/** WHMCS refuses until somebody changes something. */
export const isRefused = ({ state }: WhmcsStatus): boolean => STATE_WORDS[state].tone === 'bad'

export const isDown = ({ state }: WhmcsStatus): boolean => state !== 'ok' && state !== 'untried' && state !== 'off'
