import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { customRange, daysOf, MAX_DAYS, type RangeChoice } from '../../format/ranges.ts'
import { Dialog } from '../../ui/dialog.tsx'

type Props = { choice: RangeChoice; onChoose: (choice: RangeChoice) => void; onClose: () => void }

/** Two days in UTC, both inside the range. */
export function CustomRangeDialog({ choice, onChoose, onClose }: Props) {
  const { t } = useLingui()
  const [days, setDays] = useState(() => daysOf(choice, new Date()))
  const [tried, setTried] = useState(false)
  const chosen = customRange(days.from, days.to)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!chosen) return
    onChoose(chosen)
    onClose()
  }
  return (
    <Dialog title={t`Choose days`} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Group grow align="start">
            <TextInput
              type="date"
              label={t({ message: 'From', context: 'a day' })}
              data-autofocus
              value={days.from}
              onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t({ message: 'To', context: 'a day' })}
              description={t`This day is included`}
              value={days.to}
              onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
              error={tried && !chosen && whyNot(days)}
            />
          </Group>
          <Group justify="space-between">
            <span className="dimmed">
              <Trans>Days are UTC</Trans>
            </span>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                <Trans>Cancel</Trans>
              </Button>
              <Button type="submit">
                <Trans>Show</Trans>
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

const whyNot = ({ from, to }: { from: string; to: string }): string => {
  if (!from || !to) return t`Enter both days`
  if (to < from) return t`Must not lie before the first day`
  if (from < '2010') return t`Must not begin before 2010`
  return t`At most ${MAX_DAYS} days`
}
