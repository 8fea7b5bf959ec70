import * as z from 'zod'

export const oneOf = <const T extends readonly [string, ...string[]]>(...choices: T) =>
  z.enum(choices, { error: `must be ${choices.join(' or ')}` })

export const yesOrNo = oneOf('yes', 'no').transform((answer) => answer === 'yes')

export const certificate = z
  .string()
  .includes('-----BEGIN CERTIFICATE-----', { error: 'must hold a certificate in PEM form' })

export const withoutSpaces = (least: number, most: number) =>
  z.string().regex(new RegExp(`^[\\x21-\\x7e]{${least},${most}}$`), {
    error: `must have ${least} to ${most} characters without spaces`,
  })

type Bounds = { digits: number; least: number; most: number }

/** `form` and `size` are what is said of a text that is no such number, and of a number that lies outside. */
const numberIn = ({ digits, least, most }: Bounds, form: string, size: string) =>
  z
    .string()
    .max(digits, { error: form })
    .regex(/^\d+$/, { error: form })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: size })

export const whole = (least: number, most: number) => {
  const need = `must be a whole number from ${least} to ${most}`
  return numberIn({ digits: 10, least, most }, need, need)
}

const NEED_PORT = 'must be a port from 0 to 65535'
export const port = numberIn({ digits: 5, least: 0, most: 65_535 }, NEED_PORT, NEED_PORT)

export const days = (least: number, most: number) =>
  numberIn({ digits: 6, least, most }, 'must be a whole number of days', `must be from ${least} to ${most} days`)

export const seconds = (least: number, most: number) =>
  numberIn({ digits: 9, least, most }, 'must be a whole number of seconds', `must be from ${least} to ${most} seconds`)

export const upTo = (most: number) =>
  numberIn({ digits: 4, least: 0, most }, 'must be a whole number', `must be from 0 to ${most}`)

export const webAddress = (isRight: (url: URL) => boolean, need: string) =>
  z.string().transform((text, context) => {
    const url = URL.parse(text)
    const isBare = url && !/[?#]/.test(text) && !url.username && !url.password && /^https?:$/.test(url.protocol)
    if (isBare && isRight(url)) return url
    context.addIssue({ code: 'custom', message: need })
    return z.NEVER
  })
