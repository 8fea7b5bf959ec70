import type { Calls } from './calls.ts'

export type StatisticsRow = {
  bucket: string
  epoch: bigint
  userId: string
  tag: string
  putOps: bigint
  getOps: bigint
  listOps: bigint
  otherOps: bigint
  uploadedBytes: bigint
  downloadedBytes: bigint
}

export type StatisticsBody = {
  formatVersion: number | null
  serviceId: string
  startedAt: Date
  periodSeconds: number
  /** Each key once: what the gateway splits is summed. */
  items: StatisticsRow[]
}

export type StatisticsRead = { raw: Uint8Array; object: StatisticsBody }

export const statisticsOf = (_calls: Calls) => ({
  async listStatistics(
    _page: { after?: string; limit?: number } = {},
  ): Promise<{ names: string[]; truncated: boolean }> {
    throw new Error('not built yet')
  },
  async readStatistics(_name: string): Promise<StatisticsRead | null> {
    throw new Error('not built yet')
  },
  async deleteStatistics(_name: string): Promise<void> {
    throw new Error('not built yet')
  },
})
