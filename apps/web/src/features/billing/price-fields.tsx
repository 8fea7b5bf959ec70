import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, TextInput } from '@mantine/core'
import type { PlanPrice } from '@ostor-console/shared/plans'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'

/** As it is typed. */
export type PriceText = { included: string; tiers: TierText[] }
type TierText = { upTo: string; price: string }

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
  const { t } = useLingui()
  const { included, tiers } = value
  const set = (index: number, change: Partial<TierText>) =>
    onChange({ included, tiers: tiers.map((tier, at) => (at === index ? { ...tier, ...change } : tier)) })
  const add = () => onChange({ included, tiers: [...tiers.slice(0, -1), { upTo: '', price: '' }, ...tiers.slice(-1)] })
  const drop = (index: number) => onChange({ included, tiers: tiers.filter((_, at) => at !== index) })
  const last = tiers.length - 1

  return (
    <fieldset className="price">
      <legend>
        <Trans>
          {label} <span className="dimmed">by {unit}</span>
        </Trans>
      </legend>
      <TextInput
        size="xs"
        label={t`Included`}
        aria-label={t`${label}, included`}
        placeholder={t({ message: 'none', context: 'a quantity' })}
        inputMode="numeric"
        value={included}
        error={included !== '' && !WHOLE.test(included) && t`A whole number`}
        onChange={({ currentTarget }) => onChange({ included: currentTarget.value.trim(), tiers })}
      />
      <div className="price-tiers">
        {tiers.map((tier, index) => (
          <Tier
            // oxlint-disable-next-line react/no-array-index-key -- tiers have no name but their place
            key={index}
            label={label}
            currency={currency}
            tier={tier}
            place={index + 1}
            isLast={index === last}
            onChange={(change) => set(index, change)}
            onDrop={() => drop(index)}
          />
        ))}
      </div>
      {tiers.length < MOST_TIERS && (
        <Button size="compact-xs" variant="subtle" aria-label={t`Add a tier to ${label}`} onClick={add}>
          <Trans>Add a tier</Trans>
        </Button>
      )}
    </fieldset>
  )
}

type TierProps = {
  label: string
  currency: string
  tier: TierText
  /** Counted from 1. */
  place: number
  isLast: boolean
  onChange: (change: Partial<TierText>) => void
  onDrop: () => void
}

function Tier({ label, currency, tier: { upTo, price }, place, isLast, onChange, onDrop }: TierProps) {
  const { t } = useLingui()
  const isOnly = isLast && place === 1
  return (
    <div className="price-tier">
      {!isLast && (
        <TextInput
          size="xs"
          label={t`Up to`}
          aria-label={t`${label}, up to, tier ${place}`}
          inputMode="numeric"
          value={upTo}
          error={upTo !== '' && !WHOLE.test(upTo)}
          onChange={({ currentTarget }) => onChange({ upTo: currentTarget.value.trim() })}
        />
      )}
      <TextInput
        size="xs"
        label={isLast && !isOnly ? t`Above, each costs` : t`Each costs`}
        aria-label={isOnly ? t`${label}, price` : t`${label}, price, tier ${place}`}
        inputMode="decimal"
        rightSection={
          <span className="price-currency" translate="no">
            {currency}
          </span>
        }
        rightSectionWidth={44}
        value={price}
        error={price !== '' && !PRICE.test(price) && t`Such as 0.0125`}
        onChange={({ currentTarget }) => onChange({ price: currentTarget.value.trim() })}
      />
      {!isLast && (
        <ActionIcon aria-label={t`Remove tier ${place} of ${label}`} onClick={onDrop}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
