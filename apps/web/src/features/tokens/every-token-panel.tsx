import { useLingui } from '@lingui/react/macro'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { TokenRows } from './token-rows.tsx'
import { everyTokenQuery } from './tokens.queries.ts'

/** The API tokens of everybody, for whoever manages people. */
export function EveryTokenPanel() {
  const { t } = useLingui()
  const tokens = useQuery(everyTokenQuery())
  return (
    <QueryPanel
      title={t`API tokens`}
      note={t`With which scripts ask in the name of these people. Each makes their own, on the page of their account.`}
      query={tokens}
      flush
      isEmpty={(list) => list.length === 0}
      empty={<EmptyState icon={<IconKey size={28} />} title={t`Nobody has an API token`} />}
    >
      {(list) => (
        <TokenRows label={t`API tokens of everybody`} whose="all" tokens={list} readAt={tokens.dataUpdatedAt} />
      )}
    </QueryPanel>
  )
}
