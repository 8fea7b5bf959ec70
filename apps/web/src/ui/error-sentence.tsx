import { useServerText } from '../words/server-words.ts'
import { problemOf, titleOf } from './problem-alert.tsx'
import { ServerSentence } from './server-sentence.tsx'

/** Why something did not come about, in one sentence. */
export function ErrorSentence({ error }: { error: unknown }) {
  const problem = problemOf(error)
  if (problem.detail === undefined) return titleOf(problem)
  // What this page itself found out has no status, and is in its language already.
  return problem.status === 0 ? problem.detail : <ServerSentence text={problem.detail} />
}

/** The same as plain text, for what is no place of an element. */
export const useErrorText = (): ((error: unknown) => string) => {
  const inWords = useServerText()
  return (error) => {
    const problem = problemOf(error)
    if (problem.detail === undefined) return titleOf(problem)
    return problem.status === 0 ? problem.detail : inWords(problem.detail)
  }
}
