import type { Connection, ConnectionState } from '@ostor-console/shared/cluster'

export type Broken = Exclude<ConnectionState, 'ok'>
export type BrokenConnection = Connection & { state: Broken }

export const isBroken = (connection: Connection): connection is BrokenConnection => connection.state !== 'ok'
