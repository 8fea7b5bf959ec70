import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Drift } from '@ostor-console/shared/whmcs'

type Words = { word: MessageDescriptor; tone: 'warn' | 'bad' | 'off'; meaning: MessageDescriptor }

export const DRIFT_WORDS: Record<Drift['kind'], Words> = {
  'email-changed': {
    word: msg`Other e-mail at WHMCS`,
    tone: 'off',
    meaning: msg`The link holds, because it goes by numbers. The gateway cannot rename a user.`,
  },
  'client-gone': {
    word: msg`Client gone from WHMCS`,
    tone: 'bad',
    meaning: msg`WHMCS has no such client any more; nobody is billed for this user.`,
  },
  'client-closed': {
    word: msg`Client closed, user enabled`,
    tone: 'warn',
    meaning: msg`The client is not active at WHMCS, and the user still works.`,
  },
  'user-gone': {
    word: msg`User gone from the gateway`,
    tone: 'warn',
    meaning: msg`The client is linked to a user that the gateway does not have.`,
  },
  'user-unlinked': {
    word: msg`User without a client`,
    tone: 'off',
    meaning: msg`This user belongs to no client of WHMCS, so nobody is billed for it.`,
  },
  'service-suspended': {
    word: msg`Service suspended, user enabled`,
    tone: 'warn',
    meaning: msg`The service of the client is suspended or ended at WHMCS, and the user still works.`,
  },
}
