import { may, ROLES, roleNames, VERBS, type Verb } from '@ostor-console/shared/roles'
import { Panel } from '../../ui/panel.tsx'
import './roles-panel.css'

const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name)
const EVERY = Object.keys(VERBS).filter(isVerb)

/** What each role may do, from the same list that the server goes by. */
export function RolesPanel() {
  return (
    <Panel title="Roles" note="What nobody may do is not listed: no role reads a secret once it was shown." flush>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and nothing inside can take the focus. */}
      <section className="roles" aria-label="What each role may do" tabIndex={0}>
        <table className="table" aria-label="Roles">
          <thead>
            <tr>
              <th scope="col">May</th>
              {roleNames.map((role) => (
                <th key={role} scope="col" title={ROLES[role].about}>
                  {ROLES[role].title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {EVERY.map((verb) => (
              <tr key={verb}>
                <th scope="row">{VERBS[verb]}</th>
                {roleNames.map((role) => (
                  <td key={role}>
                    {may(role, verb) ? <span aria-label="yes">✓</span> : <span aria-label="no">–</span>}
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
