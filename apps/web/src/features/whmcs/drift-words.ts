import type { Drift } from '@ostor-console/shared/whmcs'

type Words = { word: string; tone: 'warn' | 'bad' | 'off'; meaning: string }

export const DRIFT_WORDS: Record<Drift['kind'], Words> = {
  'email-changed': {
    word: 'Other e-mail at WHMCS',
    tone: 'off',
    meaning: 'The link holds, because it goes by numbers. The gateway cannot rename a user.',
  },
  'client-gone': {
    word: 'Client gone from WHMCS',
    tone: 'bad',
    meaning: 'WHMCS has no such client any more; nobody is billed for this user.',
  },
  'client-closed': {
    word: 'Client closed, user enabled',
    tone: 'warn',
    meaning: 'The client is not active at WHMCS, and the user still works.',
  },
  'user-gone': {
    word: 'User gone from the gateway',
    tone: 'warn',
    meaning: 'The client is linked to a user that the gateway does not have.',
  },
  'user-unlinked': {
    word: 'User without a client',
    tone: 'off',
    meaning: 'This user belongs to no client of WHMCS, so nobody is billed for it.',
  },
  'service-suspended': {
    word: 'Service suspended, user enabled',
    tone: 'warn',
    meaning: 'The service of the client is suspended or ended at WHMCS, and the user still works.',
  },
}
