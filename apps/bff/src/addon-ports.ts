import { addonContactOf } from './adapters/store/addon-contact.ts'
import { clientLinksOf } from './adapters/store/client-links.ts'
import { messagePullOf } from './adapters/store/message-pull.ts'
import { messagesOf } from './adapters/store/messages.ts'
import { monthSoFarOf } from './adapters/store/month-so-far.ts'
import { singleSignOnsOf } from './adapters/store/single-sign-ons.ts'
import type { Store } from './adapters/store/store.ts'
import type { Clusters } from './clusters.ts'
import { addonFigures } from './features/whmcs-addon/figures.ts'

type Parts = { store: Store; clusters: Clusters; now: () => Date }

/** What the addon inside WHMCS comes for. */
export const addonPorts = ({ store, clusters, now }: Parts) => {
  const links = clientLinksOf(store)
  return {
    links,
    messages: messagePullOf(store, { now }),
    all: messagesOf(store, { now }),
    contact: addonContactOf(store),
    figures: addonFigures({ links, soFar: monthSoFarOf(store), clusters, now }),
    identities: singleSignOnsOf(store, { now }),
  }
}
