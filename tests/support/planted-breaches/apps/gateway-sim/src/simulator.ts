export * from '../../../packages/shared/src/keys.ts'
