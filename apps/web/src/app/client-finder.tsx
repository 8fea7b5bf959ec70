import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nameOf } from '../features/clients/client-words.ts'
import { clientsQuery } from '../features/clients/clients.queries.ts'
import { Choices } from '../ui/choices.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { MoreMatches } from '../ui/more-matches.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import '../features/clients/clients.css'

type Props = { value: number | null; onChange: (clientId: number | null) => void }

const SHOWN = 8

/** Finds a client of WHMCS. */
export function ClientFinder({ value, onChange }: Props) {
  const { t } = useLingui()
  const [search, setSearch] = useState('')
  const clients = useQuery(clientsQuery(search === '' ? {} : { search }))
  const find = (text: string) => {
    setSearch(text)
    onChange(null)
  }
  return (
    <>
      <div>
        <SearchBox label={t`Number, e-mail, or start of a name`} value={search} onSearch={find} />
      </div>
      <QueryContents
        query={clients}
        isEmpty={({ matching }) => matching === 0}
        empty={
          <EmptyState title={t`No client matches`}>
            <Trans>Clients are found by their whole e-mail, and by how a name begins.</Trans>
          </EmptyState>
        }
      >
        {({ items, matching }) => (
          <div className="client-find">
            <Choices
              label={t`Client`}
              value={value === null ? null : String(value)}
              onChange={(id) => onChange(Number(id))}
              choices={items.slice(0, SHOWN).map((client) => ({
                value: String(client.id),
                label: <ForeignText text={nameOf(client)} cap={80} />,
                description: [t`Client ${client.id}`, client.company, client.email].filter(Boolean).join(' · '),
              }))}
            />
            <MoreMatches count={matching - SHOWN} />
          </div>
        )}
      </QueryContents>
    </>
  )
}
