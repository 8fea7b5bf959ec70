import { useLingui } from '@lingui/react/macro'
import { ReasonButton, type Props as ReasonButtonProps } from './reason-button.tsx'

type Props = Omit<ReasonButtonProps, 'variant' | 'reason' | 'busy' | 'children'> & {
  label: string
  /** In place of the label once it is done; `null` until then. */
  done: string | null
  isUnderWay: boolean
  /** This row or another is being taken away: one at a time, so that each can say why it was refused. */
  isAnyUnderWay: boolean
}

/** Takes a row of `useKept` away. */
export function TakeAwayButton({ label, done, isUnderWay, isAnyUnderWay, ...button }: Props) {
  const { t } = useLingui()
  const wait = isAnyUnderWay && !isUnderWay ? t`Another one is under way` : null
  return (
    <ReasonButton {...button} variant="default" busy={isUnderWay} reason={done ?? wait}>
      {done ?? label}
    </ReasonButton>
  )
}
