import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** The pages about all users, by their address, which are out of reach for somebody who is limited to groups of users. */
export const ABOUT_ALL: Readonly<Record<string, MessageDescriptor>> = {
  '/c/$cluster/overview': msg`Overview`,
  '/c/$cluster/clusters': msg`All clusters`,
  '/c/$cluster/usage': msg`Usage`,
  '/c/$cluster/statistics': msg`Statistics objects`,
  '/c/$cluster/statistics/$name': msg`Statistics object`,
  '/c/$cluster/gaps': msg`Gaps`,
  '/c/$cluster/clients': msg`Clients`,
  '/c/$cluster/clients/$clientId': msg`Client`,
  '/c/$cluster/whmcs': msg`WHMCS`,
  '/c/$cluster/billing': msg`Billing`,
  '/c/$cluster/billing/$month': msg`Billing`,
  '/c/$cluster/billing/$month/$bill': msg`Billing`,
}
