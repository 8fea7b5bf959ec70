import type { FastifyBaseLogger } from 'fastify'
import { createConnection } from './adapters/gateway/connection.ts'
import { createDirectory } from './adapters/gateway/directory.ts'
import { createGateway } from './adapters/gateway/gateway.ts'
import type { ClusterParts } from './clusters.ts'
import type { ClusterConfig } from './config.ts'

const USER_ID_LENGTH = 16

type Parts = { demo?: boolean; now?: () => Date; log?: FastifyBaseLogger }

/** The adapters of one cluster. Nothing is asked of the gateway yet. */
export const openCluster = (config: ClusterConfig, { demo = false, ...parts }: Parts = {}): ClusterParts => {
  const { id, name, endpoint, accessKeyId, signature } = config
  const gateway = createGateway(config, parts)
  return {
    cluster: { id, name, endpoint, accessKeyId, signature, demo },
    gateway,
    directory: createDirectory(gateway, parts),
    connection: createConnection(gateway, parts),
    ownUserId: accessKeyId.slice(0, USER_ID_LENGTH),
  }
}
