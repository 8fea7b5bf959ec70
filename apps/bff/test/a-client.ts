import type { Client, ClientService } from '@ostor-console/shared/clients'

/** What is known of a client. */
export const aClient = (id: number, more: Partial<Client> = {}): Client => ({
  id,
  name: `Client ${String(id).padStart(5, '0')}`,
  company: '',
  email: `client-${id}@example.com`,
  status: 'active',
  currency: 'EUR',
  ...more,
})

export const aService = (status: string, product = 'S3 storage'): ClientService => ({
  id: 1,
  product,
  group: 'Storage',
  domain: '',
  status,
  nextDueDate: null,
})
