import { Select } from '@mantine/core'

type Props<T extends string> = {
  label: string
  /** What it says, and what clearing it says, while nothing is chosen. */
  all: string
  width: number
  value: T | undefined
  onChange: (value: T | null) => void
  data: { value: T; label: string }[]
}

/** One filter of a list; without a choice the list shows all. */
export function FilterSelect<T extends string>({ label, all, width, value, onChange, data }: Props<T>) {
  return (
    <Select
      size="xs"
      w={width}
      aria-label={label}
      placeholder={all}
      clearable
      clearButtonProps={{ 'aria-label': all }}
      value={value ?? null}
      onChange={(chosen) => onChange(data.find((each) => each.value === chosen)?.value ?? null)}
      data={data}
      attributes={data.every(isItsOwnName) ? { dropdown: { translate: 'no' } } : {}}
    />
  )
}

/** Values that are their own names. */
export const plainChoices = (values: string[]): { value: string; label: string }[] =>
  values.map((value) => ({ value, label: value }))

const isItsOwnName = ({ value, label }: { value: string; label: string }): boolean => value === label
