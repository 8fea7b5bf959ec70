import type { ICruiseOptions, IFlattenedRuleSet } from 'dependency-cruiser'

type Rule = Extract<
  NonNullable<IFlattenedRuleSet['forbidden']>[number],
  { from: unknown; to: { circular?: boolean } }
> & {
  name: string
}

const island = (app: 'web' | 'bff'): Rule => ({
  name: `${app}-features-are-islands`,
  comment: 'A feature never imports another feature; joining happens one level up.',
  severity: 'error',
  from: { path: `^apps/${app}/src/features/([^/]+)/` },
  to: { path: `^apps/${app}/src/features/`, pathNot: `^apps/${app}/src/features/$1/` },
})

type More = { from?: Partial<Rule['from']>; to?: Partial<Rule['to']> }

const never = (name: string, comment: string, from: string, to: string, more: More = {}): Rule => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...more.from },
  to: { path: to, ...more.to },
})

const TEST = '(\\.test\\.tsx?$|^apps/bff/test/)'

export const rules: Rule[] = [
  island('web'),
  island('bff'),
  never(
    'web-knows-only-the-contract',
    'The browser app holds no secret and no server code.',
    '^apps/web/',
    '^apps/(bff|gateway-sim|whmcs-sim)/',
  ),
  never(
    'features-do-not-import-the-shell',
    'app joins features, never the other way.',
    '^apps/web/src/(features|ui|format|api)/',
    '^apps/web/src/app/',
  ),
  never(
    'ui-and-format-know-no-domain',
    'ui and format import nothing of ours but each other.',
    '^apps/web/src/(ui|format)/',
    '^(apps/web/src/(features|api)|packages)/',
    { to: { dependencyTypesNot: ['type-only'] } },
  ),
  never(
    'shared-imports-only-zod',
    'The contract is the one thing both sides know.',
    '^packages/shared/src/',
    '(^apps/|^node_modules/(?!zod/))',
    { from: { pathNot: TEST } },
  ),
  never(
    'the-simulator-is-a-witness',
    'It is written from the vendor reference and reads none of our notes.',
    '^apps/(gateway|whmcs)-sim/',
    '^(packages|apps/(web|bff))/',
  ),
  never(
    'the-bff-does-not-know-the-simulator',
    'The simulator stands behind the wire.',
    '^apps/bff/src/',
    '^apps/(gateway|whmcs)-sim/',
    { from: { pathNot: TEST } },
  ),
  never(
    'adapters-do-not-import-features',
    'Adapters know the outside, not our screens.',
    '^apps/bff/src/adapters/',
    '^apps/bff/src/(features|plugins|app|main)',
  ),
  never(
    'features-import-adapters-as-types-only',
    'main builds the adapters and hands them in.',
    '^apps/bff/src/features/',
    '^apps/bff/src/adapters/',
    { from: { pathNot: TEST }, to: { dependencyTypesNot: ['type-only'] } },
  ),
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
]

export const options: ICruiseOptions = {
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '(^|/)(dist|coverage)/' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'node', 'default'],
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
  },
}
