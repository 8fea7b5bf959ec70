export * from 'no-such-package'
export * from '../../../apps/web/src/features/b/b.ts'
export * from './ring.ts'
