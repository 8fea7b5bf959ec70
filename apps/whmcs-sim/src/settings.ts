import * as z from 'zod'

const ACTIONS = [
  'GetAdminDetails',
  'WhmcsDetails',
  'GetClients',
  'GetClientsDetails',
  'GetClientsProducts',
  'AddClientNote',
  'LogActivity',
  'GetActivityLog',
  'UpdateClient',
  'UpdateClientProduct',
  'CreateInvoice',
  'GetInvoices',
  'AddBillableItem',
]

/** What can be changed while it runs. */
export const Settings = z.strictObject({
  identifier: z.string(),
  secret: z.string(),
  /** `$api_access_key`: lets in from any address. */
  accessKey: z.string(),
  /** Addresses that may call without the access key. */
  allowedIps: z.array(z.string()),
  /** What the role of the credential allows. */
  allowedActions: z.array(z.string()),
  /** Status of an answer with an error; nowhere documented, so clients must not rely on it. */
  errorStatus: z.int(),
  /** All numbers of an answer as texts, as in many of the documented samples. */
  numbersAsText: z.boolean(),
  /** An empty list is `{"client": []}` or `""`. */
  emptyLists: z.enum(['list', 'text']),
  /** The word beside `success`; one documented sample says `status`. */
  outcomeName: z.enum(['result', 'status']),
  version: z.string(),
  /** Every request gets the page for people who visit meanwhile. */
  isInMaintenance: z.boolean(),
})
export const EditedSettings = Settings.partial()
export type Settings = z.infer<typeof Settings>

export const initialSettings = (): Settings => ({
  identifier: 'sim-identifier',
  secret: 'sim-secret-of-whmcs',
  accessKey: 'sim-access-key',
  allowedIps: ['127.0.0.1'],
  allowedActions: [...ACTIONS],
  errorStatus: 200,
  numbersAsText: false,
  emptyLists: 'list',
  outcomeName: 'result',
  version: '8.13.1',
  isInMaintenance: false,
})
