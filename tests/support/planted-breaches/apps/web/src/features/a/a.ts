export * from '../../../../bff/src/features/a/a.ts'
export * from '../../app/shell.ts'
export * from '../b/b.ts'
