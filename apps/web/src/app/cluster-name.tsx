import { Trans, useLingui } from '@lingui/react/macro'
import { Menu, UnstyledButton } from '@mantine/core'
import type { Cluster } from '@ostor-console/shared/cluster'
import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs'
import { Link } from '@tanstack/react-router'
import { useFleetRefusal } from '../api/role.ts'
import { ForeignText } from '../ui/foreign-text.tsx'

/** The name of the cluster, a way to the others, and a mark on invented data. */
export function ClusterName({ cluster, clusters }: { cluster: Cluster; clusters: Cluster[] }) {
  const { t } = useLingui()
  const isLimited = useFleetRefusal() !== null
  return (
    <div className="cluster">
      {clusters.length > 1 ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <UnstyledButton className="cluster-switch">
              <ForeignText text={cluster.name} cap={40} />
              <IconSelector size={15} aria-hidden="true" />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {!isLimited && (
              <>
                <Menu.Item
                  renderRoot={(props) => <Link to="/c/$cluster/clusters" params={{ cluster: cluster.id }} {...props} />}
                >
                  <Trans>All clusters</Trans>
                </Menu.Item>
                <Menu.Divider />
              </>
            )}
            {clusters.map(({ id, name }) => (
              <Menu.Item key={id} renderRoot={(props) => <Link to="/c/$cluster" params={{ cluster: id }} {...props} />}>
                <ForeignText text={name} cap={60} />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <strong className="cluster-only">
          <ForeignText text={cluster.name} cap={40} />
        </strong>
      )}
      {cluster.demo && (
        <span className="demo-mark" title={t`The gateway is simulated; every user, bucket and figure is invented`}>
          <Trans>Demo data</Trans>
        </span>
      )}
    </div>
  )
}
