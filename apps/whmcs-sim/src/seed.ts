const FIRST = ['Ada', 'Björn', 'Chloé', 'Dmitri', 'Eva', 'Fatima', 'Grace', 'Hana', 'Ilse', 'João', 'Siobhán', 'Zoë']
const LAST = ['Lovelace', 'Müller', "O'Neil", 'Nakamura', 'García', 'Novák', 'Smith', 'Šimić', 'Okafor', 'Van der Berg']
const COMPANY = ['', 'Example GmbH', 'Acme & Sons', 'Northwind "Trading"', '', 'Blue <Ocean> Ltd', 'Kiln & Co']
const PRODUCT = ['Object storage S', 'Object storage M', 'Object storage L', 'Shared hosting Plus']
const STATUS = ['Active', 'Active', 'Active', 'Active', 'Active', 'Active', 'Active', 'Inactive', 'Closed']
const SERVICE_STATUS = ['Active', 'Active', 'Active', 'Suspended', 'Terminated']

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = <T>(random: () => number, from: readonly [T, ...T[]] | T[], fallback: T): T =>
  from[Math.floor(random() * from.length)] ?? fallback

const asciiOf = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase()

/** First name, last name, company, e-mail, status, currency, day of creation. */
export const seededClients = (seed: number, count: number): (string | number)[][] => {
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, at) => {
    const [first, last] = [pick(random, FIRST, 'Ada'), pick(random, LAST, 'Smith')]
    const company = pick(random, COMPANY, '')
    // Some addresses are of the kind that is easily broken on its way.
    const tag = at % 25 === 7 ? '+s3' : ''
    const email = `${asciiOf(first)}.${asciiOf(last)}${tag}.${at + 1}@customer.example`
    const day = `20${String(10 + (at % 16)).padStart(2, '0')}-0${(at % 9) + 1}-1${at % 10}`
    return [first, last, company, email, at === 0 ? 'Active' : pick(random, STATUS, 'Active'), (at % 3) + 1, day]
  })
}

/** Client, product, group, domain, status, day on which it is due. */
export const seededServices = (seed: number, clients: number): (string | number)[][] => {
  const random = randomOf(seed + 1)
  return Array.from({ length: clients }, (_, at) => at + 1).flatMap((client) =>
    Array.from({ length: Math.floor(random() * 3) }, (_, at) => {
      const product = pick(random, PRODUCT, PRODUCT[0] ?? '')
      const due = random() < 0.2 ? '0000-00-00' : `2027-0${(client % 9) + 1}-15`
      const domain = `s${at + 1}.c${client}.example`
      return [client, product, 'Storage', domain, pick(random, SERVICE_STATUS, 'Active'), due]
    }),
  )
}
