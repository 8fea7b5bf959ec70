import { clientLinksOf } from '../../../apps/bff/src/adapters/store/client-links.ts'
import { addMessages, type NewMessage } from '../../../apps/bff/src/adapters/store/message-writing.ts'
import { saveWhmcsFacts } from '../../../apps/bff/src/adapters/store/whmcs-facts.ts'
import { ADDON_KEY, addonParts } from '../../../apps/bff/test/whmcs-addon.ts'
import { ADMIN, world } from '../../../apps/bff/test/world.ts'
import { providePhp } from '../../support/php.ts'
import { createWhmcs } from './whmcs.ts'

export const php = providePhp()

/** A console in the mode `addon` that listens, and each WHMCS with its addon set up for it. */
export const addonDesk = async () => {
  const here = await world({ closes: false, parts: { addon: addonParts([[1, ADMIN.email]]) } })
  const { store } = here
  await saveWhmcsFacts(store, { mode: 'addon', linkFieldId: 12 })
  const address = new URL(await here.app.listen({ port: 0, host: '127.0.0.1' }))
  const links = clientLinksOf(store)
  const vars = {
    console_url: address.origin,
    key_id: ADDON_KEY.id,
    shared_secret: ADDON_KEY.secret,
    show_panel: 'on',
    pull_queue: 'on',
  }
  return {
    ...here,
    links,
    /** The settings of the addon, and of the server of the provisioning module. */
    vars,
    server: {
      serverhostname: address.hostname,
      serverport: address.port,
      serverusername: ADDON_KEY.id,
      serverpassword: ADDON_KEY.secret,
    },
    async setUp(start = {}) {
      const whmcs = await createWhmcs(php, start)
      await whmcs.ask('activate')
      const page = await whmcs.ask('output', { vars })
      if (!page.includes('the console answers')) throw new Error(page)
      return whmcs
    },
    tell: (...messages: NewMessage[]) =>
      store.transaction((tx) => addMessages(tx, messages, new Date(Date.now() - 1000))),
    messagesOf: (clientId: number) =>
      store.db
        .selectFrom('whmcs_messages')
        .selectAll()
        .where('client_id', '=', clientId)
        .orderBy('message_no')
        .execute(),
    link: (clientId: number, userId: string, email = 'a@example.com') =>
      links.add(store.db, { cluster: 'demo', userId, clientId, email, by: 'test' }, new Date()),
  }
}

export const noteFor = (clientId: number, keyId = 'key1'): NewMessage => ({
  kind: 'note.add',
  mark: 'k',
  clientId,
  cluster: 'demo',
  userId: 'user',
  keyId,
  text: `S3 access key created for this client.\nAccess key ID: ${keyId}`,
})
