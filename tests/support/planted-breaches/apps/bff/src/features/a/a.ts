export * from '../../adapters/gateway/gateway.ts'
export * from '../b/b.ts'
