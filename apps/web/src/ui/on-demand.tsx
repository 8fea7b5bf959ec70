import { type ComponentType, useEffect, useState } from 'react'
import { ErrorBoundary } from './error-boundary.tsx'

export type Load<Props> = () => Promise<{ default: ComponentType<Props> }>
type State<Props> = { Ready: ComponentType<Props> } | 'loading' | 'failed'
export type Again = { isLoading: boolean; onRetry: () => void }

type Around<Props> = {
  Waiting: ComponentType<Props>
  Failed: ComponentType<Props & Again>
  /** What it is, in words, where it fails while it is drawn. */
  what: () => string
  /** Draws it when it is time, once its file is there; at once when left out. */
  turn?: (draw: () => void) => void
}

/** What is loaded when it is asked for. A file that did not come is asked for again, which React's `lazy` does not do. */
export function onDemand<Props extends object>(
  load: Load<Props>,
  { Waiting, Failed, what, turn }: Around<Props>,
): ComponentType<Props> {
  let last: State<Props> = 'loading'
  return function OnDemand(props: Props) {
    const [state, setState] = useState(turn ? 'loading' : last)
    const [isLoading, setLoading] = useState(state === 'loading')

    useEffect(() => {
      const bring = async () => {
        try {
          last = { Ready: (await load()).default }
          const draw = () => {
            setState(last)
            setLoading(false)
          }
          if (turn) turn(draw)
          else draw()
        } catch {
          setState('failed')
          setLoading(false)
        }
      }
      if (isLoading) void bring()
    }, [isLoading])

    if (state === 'loading') return <Waiting {...props} />
    if (state === 'failed') return <Failed {...props} isLoading={isLoading} onRetry={() => setLoading(true)} />
    return (
      <ErrorBoundary what={what()}>
        <state.Ready {...props} />
      </ErrorBoundary>
    )
  }
}
