import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox } from '@mantine/core'
import { isTokenVerb, type TokenVerb, type Verb } from '@ostor-console/shared/roles'
import { use } from 'react'
import { RoleContext } from '../../api/role.ts'
import { VERB_WORDS } from '../../api/role-words.ts'
import { refused } from '../../ui/refused.ts'
import { asksPeople, isReading, nounWord, verbGroups, whyNot } from './token-words.ts'
import './tokens.css'

type Props = { chosen: ReadonlySet<TokenVerb>; onChange: (chosen: ReadonlySet<TokenVerb>) => void }

const GROUPS = verbGroups()

/** What the token is to do, by noun; what it cannot be given keeps its place and says why. */
export function VerbChoice({ chosen, onChange }: Props) {
  const { t } = useLingui()
  const role = use(RoleContext)
  const readings = GROUPS.flatMap(({ verbs }) => verbs)
    .filter(isTokenVerb)
    .filter((verb) => isReading(verb) && whyNot(verb, role) === null)

  const set = (verb: TokenVerb, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(verb)
    else next.delete(verb)
    onChange(next)
  }

  return (
    <fieldset className="verbs">
      <legend>{t`What it may do`}</legend>
      <p className="verbs-note">
        <Trans>
          Give it what the script needs and no more. It never may more than you: when your role changes, so does what
          the token may.
        </Trans>
      </p>
      <div className="verbs-quick">
        <Button size="compact-xs" variant="default" onClick={() => onChange(new Set([...chosen, ...readings]))}>
          <Trans>Choose all that only reads</Trans>
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          {...refused(chosen.size === 0)}
          onClick={() => onChange(new Set<TokenVerb>())}
        >
          <Trans>Choose none</Trans>
        </Button>
      </div>
      <div className="verbs-groups">
        {GROUPS.map(({ noun, verbs }) => (
          <fieldset key={noun}>
            <legend>{nounWord(noun)}</legend>
            {verbs.map((verb) => (
              <VerbBox
                key={verb}
                verb={verb}
                reason={whyNot(verb, role)}
                isChosen={isTokenVerb(verb) && chosen.has(verb)}
                onChange={(isChosen) => isTokenVerb(verb) && set(verb, isChosen)}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </fieldset>
  )
}

type BoxProps = { verb: Verb; reason: string | null; isChosen: boolean; onChange: (isChosen: boolean) => void }

function VerbBox({ verb, reason, isChosen, onChange }: BoxProps) {
  const { t } = useLingui()
  return (
    <Checkbox
      size="xs"
      label={
        <>
          {t(VERB_WORDS[verb])} <code>{verb}</code>
        </>
      }
      description={reason ?? (asksPeople(verb) ? t`Without asking you again.` : undefined)}
      disabled={reason !== null}
      checked={isChosen}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  )
}
