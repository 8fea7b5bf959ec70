import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import type { Limits } from '@ostor-console/shared/limits'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useRefusal } from '../../api/role.ts'
import { Age } from '../../ui/age.tsx'
import { focusHeading, isFocusLost } from '../../ui/focus.ts'
import { onDemand } from '../../ui/on-demand.tsx'
import { PartNotLoaded } from '../../ui/panel-on-demand.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { BANDWIDTH_FIELDS, type Field, limitText, OPS_FIELDS, valueOf } from './limit-fields.ts'
import { type Group, limitsQuery, type Target } from './limits.queries.ts'
import { RemoveLimitsDialog } from './remove-limits-dialog.tsx'
import './limits.css'

const LimitsForm = onDemand(() => import('./limits-form.tsx'), {
  Waiting: ({ now }) => <LimitsRead limits={now} />,
  Failed: ({ now, onDone, isLoading, onRetry }) => (
    <>
      <LimitsRead limits={now} />
      <PartNotLoaded isLoading={isLoading} onRetry={onRetry} />
      <Button size="xs" variant="default" mt="sm" onClick={onDone}>
        <Trans>Cancel</Trans>
      </Button>
    </>
  ),
  what: () => t`Limits`,
})

type Props = {
  cluster: string
  target: Target
  /** Why nothing can be changed here; `null` when it can. */
  locked?: string | null
}

/** The limits of a user or a bucket: read, changed field by field, removed by group. */
export function LimitsPanel({ cluster, target, locked: given = null }: Props) {
  const { t } = useLingui()
  const refusal = useRefusal('limit.change')
  const locked = given ?? refusal
  const limits = useQuery(limitsQuery(cluster, target))
  const [editing, setEditing] = useState<Limits | null>(null)
  const [removing, setRemoving] = useState<Group | null>(null)
  const editButton = useRef<HTMLButtonElement>(null)
  const endEditing = () => {
    flushSync(() => setEditing(null))
    if (isFocusLost()) editButton.current?.focus({ preventScroll: true })
    if (isFocusLost()) focusHeading()
  }
  const { data } = limits

  return (
    <QueryPanel
      title={t`Limits`}
      note={data && <LimitsNote limits={data} />}
      query={limits}
      actions={
        data &&
        !editing && (
          <>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button
                  size="xs"
                  variant="default"
                  disabled={locked !== null}
                  rightSection={<IconChevronDown size={14} aria-hidden="true" />}
                >
                  <Trans>Remove limits</Trans>
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setRemoving('opsPerSecond')}>
                  <Trans>Operations…</Trans>
                </Menu.Item>
                <Menu.Item onClick={() => setRemoving('bandwidth')}>
                  <Trans>Bandwidth…</Trans>
                </Menu.Item>
                <Menu.Item onClick={() => setRemoving('all')}>
                  <Trans>All…</Trans>
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button
              ref={editButton}
              size="xs"
              variant="default"
              disabled={locked !== null}
              onClick={() => setEditing(data)}
            >
              <Trans>Edit limits</Trans>
            </Button>
          </>
        )
      }
    >
      {(now) => (
        <>
          {editing ? (
            <LimitsForm
              cluster={cluster}
              target={target}
              start={editing}
              now={now}
              onDone={endEditing}
              onReadAgain={() => void limits.refetch()}
            />
          ) : (
            <LimitsRead limits={now} />
          )}
          {locked && <p className="limits-locked">{locked}</p>}
          {removing && (
            <RemoveLimitsDialog
              cluster={cluster}
              target={target}
              limits={now}
              group={removing}
              onClose={() => setRemoving(null)}
            />
          )}
        </>
      )}
    </QueryPanel>
  )
}

const LimitsNote = ({ limits: { unset, readAt } }: { limits: Limits }) => (
  <>
    {unset && (
      <>
        <Trans>No limits are set here.</Trans>{' '}
      </>
    )}
    <Trans>
      Read from the gateway <Age at={readAt} />. Each gateway counts on its own.
    </Trans>
  </>
)

function LimitsRead({ limits }: { limits: Limits }) {
  const { t } = useLingui()
  return (
    <div className="limits">
      <LimitsList title={t`Operations per second`} fields={OPS_FIELDS} limits={limits} />
      <LimitsList title={t`Bandwidth`} fields={BANDWIDTH_FIELDS} limits={limits} />
    </div>
  )
}

function LimitsList({ title, fields, limits }: { title: string; fields: Field[]; limits: Limits }) {
  const { t } = useLingui()
  return (
    <section>
      <h3 className="limits-title">{title}</h3>
      <dl className="limits-list">
        {fields.map(({ name, label, unit, note }) => {
          const limit = valueOf(limits, name)
          return (
            <div key={name}>
              <dt>
                {t(label)} <span className="dimmed">{t(note)}</span>
              </dt>
              <dd className={limit === 'unlimited' ? 'num dimmed' : 'num'}>{limitText(limit, unit)}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
