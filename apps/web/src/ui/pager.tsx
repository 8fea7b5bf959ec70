import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, NativeSelect } from '@mantine/core'
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs'
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs'
import IconChevronsLeft from '@tabler/icons-react/dist/esm/icons/IconChevronsLeft.mjs'
import IconChevronsRight from '@tabler/icons-react/dist/esm/icons/IconChevronsRight.mjs'
import { formatCount } from '../format/counts.ts'
import { refused } from './refused.ts'

type Props = {
  page: number
  pageSize: number
  matching: number
  onPage: (page: number) => void
  /** Somebody is about to ask for that page: it can be on its way before they do. */
  onNear?: ((page: number) => void) | undefined
  /** Left out where the size is fixed. */
  sizes?: readonly string[]
  onPageSize?: (size: string) => void
}

export function Pager({ page, pageSize, matching, sizes = [], onPage, onNear, onPageSize }: Props) {
  const { t } = useLingui()
  const pages = Math.max(1, Math.ceil(matching / pageSize))
  const from = Math.min(matching, (page - 1) * pageSize + 1)
  const to = Math.min(matching, page * pageSize)
  const all = formatCount(matching)
  const steps = [
    { name: t`First page`, to: 1, off: page <= 1, Icon: IconChevronsLeft },
    { name: t`Previous page`, to: Math.min(page - 1, pages), off: page <= 1, Icon: IconChevronLeft },
    { name: t`Next page`, to: page + 1, off: page >= pages, Icon: IconChevronRight },
    { name: t`Last page`, to: pages, off: page >= pages, Icon: IconChevronsRight },
  ]
  const step = ({ name, to: target, off, Icon }: (typeof steps)[number]) => (
    <ActionIcon
      key={name}
      aria-label={name}
      {...refused(off)}
      onClick={() => !off && onPage(target)}
      onPointerEnter={() => !off && onNear?.(target)}
      onFocus={() => !off && onNear?.(target)}
    >
      <Icon size={16} />
    </ActionIcon>
  )
  return (
    <nav className="pager" aria-label={t`Pages of the list`}>
      <span className="num">
        {page > pages ? t`Past the end: none of ${all}` : t`${formatCount(from)}–${formatCount(to)} of ${all}`}
      </span>
      <span className="pager-pages">
        {steps.slice(0, 2).map(step)}
        <span className="num">
          <Trans>
            Page {formatCount(page)} of {formatCount(pages)}
          </Trans>
        </span>
        {steps.slice(2).map(step)}
      </span>
      {onPageSize && (
        <span className="pager-size">
          <Trans>Rows</Trans>
          <NativeSelect
            size="xs"
            aria-label={t`Rows on a page`}
            data={[...sizes]}
            value={String(pageSize)}
            onChange={(event) => onPageSize(event.currentTarget.value)}
          />
        </span>
      )}
    </nav>
  )
}
