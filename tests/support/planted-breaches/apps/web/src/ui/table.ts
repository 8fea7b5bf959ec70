export * from '../features/b/b.ts'
