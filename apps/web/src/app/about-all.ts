/** The pages about all users, by their address, which are out of reach for somebody who is limited to groups of users. */
export const ABOUT_ALL: Readonly<Record<string, string>> = {
  '/c/$cluster/overview': 'Overview',
  '/c/$cluster/usage': 'Usage',
  '/c/$cluster/statistics': 'Statistics objects',
  '/c/$cluster/statistics/$name': 'Statistics object',
  '/c/$cluster/gaps': 'Gaps',
  '/c/$cluster/clients': 'Clients',
  '/c/$cluster/clients/$clientId': 'Client',
  '/c/$cluster/whmcs': 'WHMCS',
  '/c/$cluster/billing': 'Billing',
  '/c/$cluster/billing/$month': 'Billing',
  '/c/$cluster/billing/$month/$bill': 'Billing',
}
