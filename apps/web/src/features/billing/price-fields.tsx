import { ActionIcon, Button, TextInput } from '@mantine/core'
import type { PlanPrice } from '@ostor-console/shared/plans'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'

/** As it is typed. */
export type PriceText = { included: string; tiers: { upTo: string; price: string }[] }

const WHOLE = /^\d{1,9}$/
const PRICE = /^\d{1,9}(\.\d{1,6})?$/
const MOST_TIERS = 10

export const textOf = ({ included, tiers }: PlanPrice): PriceText => ({
  included: included === 0 ? '' : String(included),
  tiers: tiers.map(({ upTo, price }) => ({ upTo: upTo === null ? '' : String(upTo), price })),
})

/** `null` as long as it is no price. */
export const priceOf = ({ included, tiers }: PriceText): PlanPrice | null => {
  if (included !== '' && !WHOLE.test(included)) return null
  const isGood = tiers.every(
    ({ upTo, price }, index) => PRICE.test(price) && (index === tiers.length - 1 || WHOLE.test(upTo)),
  )
  if (!isGood) return null
  return {
    included: Number(included),
    tiers: tiers.map(({ upTo, price }, index) => ({ upTo: index === tiers.length - 1 ? null : Number(upTo), price })),
  }
}

type Props = {
  label: string
  unit: string
  currency: string
  value: PriceText
  onChange: (value: PriceText) => void
}

/** One price: what is included, and one tier or several. */
export function PriceFields({ label, unit, currency, value, onChange }: Props) {
  const { included, tiers } = value
  const set = (index: number, change: Partial<PriceText['tiers'][number]>) =>
    onChange({ included, tiers: tiers.map((tier, at) => (at === index ? { ...tier, ...change } : tier)) })
  const add = () => onChange({ included, tiers: [...tiers.slice(0, -1), { upTo: '', price: '' }, ...tiers.slice(-1)] })
  const drop = (index: number) => onChange({ included, tiers: tiers.filter((_, at) => at !== index) })
  const last = tiers.length - 1

  return (
    <fieldset className="price">
      <legend>
        {label} <span className="dimmed">by {unit}</span>
      </legend>
      <TextInput
        size="xs"
        label="Included"
        aria-label={`${label}, included`}
        placeholder="none"
        inputMode="numeric"
        value={included}
        error={included !== '' && !WHOLE.test(included) && 'A whole number'}
        onChange={({ currentTarget }) => onChange({ included: currentTarget.value.trim(), tiers })}
      />
      <div className="price-tiers">
        {tiers.map((tier, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- tiers have no name but their place
          <div key={index} className="price-tier">
            {index < last && (
              <TextInput
                size="xs"
                label="Up to"
                aria-label={`${label}, up to, tier ${index + 1}`}
                inputMode="numeric"
                value={tier.upTo}
                error={tier.upTo !== '' && !WHOLE.test(tier.upTo)}
                onChange={({ currentTarget }) => set(index, { upTo: currentTarget.value.trim() })}
              />
            )}
            <TextInput
              size="xs"
              label={index === last && last > 0 ? 'Above, each costs' : 'Each costs'}
              aria-label={last === 0 ? `${label}, price` : `${label}, price, tier ${index + 1}`}
              inputMode="decimal"
              rightSection={<span className="price-currency">{currency}</span>}
              rightSectionWidth={44}
              value={tier.price}
              error={tier.price !== '' && !PRICE.test(tier.price) && 'Such as 0.0125'}
              onChange={({ currentTarget }) => set(index, { price: currentTarget.value.trim() })}
            />
            {index < last && (
              <ActionIcon aria-label={`Remove tier ${index + 1} of ${label}`} onClick={() => drop(index)}>
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
        ))}
      </div>
      {tiers.length < MOST_TIERS && (
        <Button size="compact-xs" variant="subtle" aria-label={`Add a tier to ${label}`} onClick={add}>
          Add a tier
        </Button>
      )}
    </fieldset>
  )
}
