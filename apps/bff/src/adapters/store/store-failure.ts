import { ProblemError, problem } from '@ostor-console/shared/problem'

/** Addresses and SQL stay in the cause, for the log; what leaves says only that the store failed. */
const storeFailure = (cause: unknown): ProblemError =>
  cause instanceof ProblemError ? cause : problem('store-unavailable', {}, { cause })

export const failingAsStore = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (cause) {
    throw storeFailure(cause)
  }
}

/** PostgreSQL gave this transaction up in favour of another one; running it again is right. */
export const isSerializationFailure = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error) ?? '')

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : undefined
