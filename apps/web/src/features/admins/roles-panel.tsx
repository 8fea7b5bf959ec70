import { useLingui } from '@lingui/react/macro'
import { may, roleNames, VERBS, type Verb } from '@ostor-console/shared/roles'
import { ROLE_WORDS, VERB_WORDS } from '../../api/role-words.ts'
import { Panel } from '../../ui/panel.tsx'
import './roles-panel.css'

const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)
const EVERY = Object.keys(VERBS).filter(isVerb)

/** What each role may do, from the same list that the server goes by. */
export function RolesPanel() {
  const { t } = useLingui()
  return (
    <Panel title={t`Roles`} note={t`What nobody may do is not listed: no role reads a secret once it was shown.`} flush>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and nothing inside can take the focus. */}
      <section className="roles" aria-label={t`What each role may do`} tabIndex={0}>
        <table className="table" aria-label={t`Roles`}>
          <thead>
            <tr>
              <th scope="col">{t({ message: 'May', context: 'above what a role may do' })}</th>
              {roleNames.map((role) => (
                <th key={role} scope="col" title={t(ROLE_WORDS[role].about)}>
                  {t(ROLE_WORDS[role].title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {EVERY.map((verb) => (
              <tr key={verb}>
                <th scope="row">{t(VERB_WORDS[verb])}</th>
                {roleNames.map((role) => (
                  <td key={role}>
                    {may(role, verb) ? <span aria-label={t`yes`}>✓</span> : <span aria-label={t`no`}>–</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}
