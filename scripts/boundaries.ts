import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { options, rules } from './boundary-rules.ts'

// A cruiser without a parser for TypeScript finds no modules and reports no breach, so a tree in which every rule is
// broken once has to fail for every rule before the verdict on ours counts.

const ROOTS = ['apps', 'packages']

const verdictOn = async (baseDir: string): Promise<ICruiseResult> => {
  const result = await cruise(ROOTS, { ...options, baseDir, ruleSet: { forbidden: rules }, validate: true })
  if (typeof result.output === 'string') throw new Error('dependency-cruiser answered with text')
  return result.output
}

const root = new URL('..', import.meta.url).pathname
const planted = await verdictOn(`${root}tests/support/planted-breaches`)
const found = new Set(planted.summary.violations.map(({ rule }) => rule.name))
const blind = rules.map(({ name }) => name).filter((name) => !found.has(name))
if (blind.length > 0) {
  console.error(`The boundary check is blind: planted breaches of ${blind.join(', ')} were not found.`)
  process.exit(1)
}

const { modules, summary } = await verdictOn(root)
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`)
console.log(`${modules.length} modules, ${summary.violations.length} breaches, ${found.size} rules seen to work`)
process.exit(summary.violations.length === 0 ? 0 : 1)
