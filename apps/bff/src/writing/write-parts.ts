import type { ClusterParts } from '../clusters.ts'
import type { Wait } from './proof.ts'
import type { Writer } from './writer.ts'

/** What a change of limits or of a quota is made with. */
export type WriteParts = Pick<ClusterParts, 'cluster' | 'gateway'> & { writer: Writer; now: () => Date; wait: Wait }
