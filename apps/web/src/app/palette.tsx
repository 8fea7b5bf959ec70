import type { MessageDescriptor } from '@lingui/core'
import { msg, plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Modal, TextInput } from '@mantine/core'
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useFocusReturn } from '../ui/focus.ts'
import { KeyCaps } from '../ui/key-caps.tsx'
import { usePages } from './pages.ts'
import { useActions } from './palette-actions.ts'
import { type Entry, matching } from './palette-entry.ts'
import { type Found, useFound } from './palette-found.ts'
import { PaletteList } from './palette-list.tsx'
import { SHORTCUTS } from './shortcuts.ts'
import type { Place } from './use-arrival.ts'
import './palette.css'

type Props = { cluster: string; places: readonly Place[]; onShortcuts: () => void; onClose: () => void }

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** Finds users, keys, buckets, clients, pages and actions; the focus stays in the field while the arrows choose. */
export default function Palette({ cluster, places, onShortcuts, onClose }: Props) {
  const { t } = useLingui()
  const list = useId()
  const [text, setText] = useState('')
  const [chosen, choose] = useState<string | null>(null)
  const recent = useRecent(cluster, places)
  const pages = usePageEntries(cluster)
  const actions = useActions(cluster, onShortcuts)
  const found = useFound(cluster, text)
  useFocusReturn()

  const fixed = [{ name: t`Pages`, entries: pages }, ...actions].map((group) => matching(group, text))
  const groups = (
    text.trim() === '' ? [{ name: t`Recent`, entries: recent }, ...fixed] : [...fixed, ...found.groups]
  ).filter(({ entries }) => entries.length > 0)
  const isNothing = groups.length === 0 && !found.isShort && !found.isSearching && found.failures.length === 0
  const entries = groups.flatMap((group) => group.entries)
  const active = entries.find(({ key }) => key === chosen) ?? entries[0]
  const idOf = (key: string) => `${list} ${key}`.replaceAll(/\s/g, '_')
  const activeId = active && idOf(active.key)

  useEffect(() => {
    if (activeId) document.querySelector(`#${CSS.escape(activeId)}`)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const take = (entry: Entry) => {
    if (entry.refusal) return
    if (!entry.stays) onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (event.nativeEvent.isComposing || (step === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    if (step === undefined) return active && take(active)
    const at = entries.findIndex(({ key }) => key === active?.key)
    choose(entries.at((at + step) % entries.length)?.key ?? null)
  }

  return (
    <Modal.Root opened size={640} yOffset="10vh" xOffset={12} onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <div className="palette">
          <Modal.Title className="sr-only">
            <Trans>Search and go</Trans>
          </Modal.Title>
          <TextInput
            size="md"
            variant="unstyled"
            className="palette-field"
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a field that a list belongs to has no tag
            role="combobox"
            aria-label={t`Search users, keys, buckets, clients, pages and actions`}
            aria-expanded
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={activeId}
            placeholder={t`E-mail, id, key id, bucket, page or action`}
            autoComplete="off"
            spellCheck={false}
            maxLength={254}
            data-autofocus
            leftSection={<IconSearch size={18} aria-hidden="true" />}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              choose(null)
            }}
            onKeyDown={onKeyDown}
          />
          <PaletteList id={list} groups={groups} active={active?.key} idOf={idOf} onTake={take} />
          {isNothing && (
            <p className="palette-nothing">
              <Trans>
                Nothing found. Users are found by any part of e-mail, id or key id, buckets by name or owner.
              </Trans>
            </p>
          )}
          <footer className="palette-foot">
            <output>
              {found.isOffline && <p>{t`You are offline: only pages and actions are found.`}</p>}
              {found.failures.map((failure) => (
                <p key={failure} className="palette-failed">
                  {failure}
                </p>
              ))}
              {active?.refusal && <p>{active.refusal}</p>}
              {active?.said && <p>{active.said}</p>}
              <p>{stateOf(found, entries.length)}</p>
            </output>
            <span className="palette-help" aria-hidden="true">
              <Trans>
                <KeyCaps keys={['↑', '↓']} /> choose <KeyCaps keys={['Enter']} /> open <KeyCaps keys={['Esc']} /> close
              </Trans>
            </span>
          </footer>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

const stateOf = ({ isShort, isSearching }: Found, count: number): string => {
  if (isSearching) return t`Searching…`
  if (isShort) return t`Type two letters or more to search`
  return count === 0 ? t`Nothing found` : plural(count, { one: '# choice', other: '# choices' })
}

function usePageEntries(cluster: string): Entry[] {
  const navigate = useNavigate()
  return usePages().pages.map(({ to, name, Icon }) => ({
    key: `page ${to}`,
    label: name,
    Icon,
    keys: SHORTCUTS.find((shortcut) => 'to' in shortcut && shortcut.to === to)?.keys,
    run: () => void navigate({ to, params: { cluster } }),
  }))
}

const useRecent = (cluster: string, places: readonly Place[]): Entry[] => {
  const { history } = useRouter()
  return places
    .filter(({ href }) => href.startsWith(`/c/${encodeURIComponent(cluster)}/`))
    .map(({ href, title }) => ({
      key: `recent ${href}`,
      label: title,
      note: kindOf(href),
      Icon: IconHistory,
      run: () => history.push(href),
    }))
}

const KINDS: Record<string, MessageDescriptor> = {
  users: msg`user`,
  buckets: msg`bucket`,
  clients: msg`client`,
  billing: msg`billing`,
}

/** What stands at the address of one thing; nothing for a page that its name tells. */
const kindOf = (href: string): string | undefined => {
  const [, , , section = '', thing] = href.split(/[/?]/)
  const kind = KINDS[section]
  const isPage = thing === undefined || href.indexOf('?') === href.indexOf(section) + section.length
  return isPage || kind === undefined ? undefined : t(kind)
}
