import { formatDuration } from '../../format/durations.ts'
import type { Broken, BrokenConnection } from './connection-state.ts'

type Step = { text: string; command?: string }
export type ConnectionAdvice = { title: string; what: string; steps: Step[] }

/** What each broken state is, and what to do about it, in this order. */
export const adviceOn = (connection: BrokenConnection, endpoint: string): ConnectionAdvice =>
  ADVICE[connection.state](endpoint, connection)

const RESTART = { text: 'Restart the console, because it reads its settings when it starts.' }

const ADVICE: Record<Broken, (endpoint: string, connection: BrokenConnection) => ConnectionAdvice> = {
  unreachable: (endpoint) => ({
    title: 'The storage gateway does not answer',
    what: 'No connection comes about, or no answer arrives in time: the gateway is down, its address is wrong, or the network between does not let the console through.',
    steps: [
      { text: 'On the machine of the console, see whether the address answers at all:', command: curl(endpoint) },
      { text: 'On an S3 node, see whether the service runs:', command: 'systemctl status ostor-agentd.service' },
      { text: 'If the address is not the right one, set OSTOR_ENDPOINT and restart the console.' },
    ],
  }),
  tls: (endpoint) => ({
    title: 'The certificate of the storage gateway is not trusted',
    what: 'The gateway answers, but its certificate has expired, is for another name, or was signed by an authority that this machine does not know. Nothing was sent to it.',
    steps: [
      {
        text: 'Look at the certificate that it shows:',
        command: `openssl s_client -connect ${hostOf(endpoint)} -showcerts </dev/null`,
      },
      { text: 'For an authority of your own, set OSTOR_CA to its PEM file.' },
      { text: 'If the name differs, write the name of the certificate into OSTOR_ENDPOINT.' },
      RESTART,
    ],
  }),
  'wrong-key': () => ({
    title: 'The storage gateway does not accept the access key of the console',
    what: 'The key id is unknown there, the secret does not belong to it, or the key was revoked.',
    steps: [
      { text: 'Compare OSTOR_ACCESS_KEY_ID and OSTOR_SECRET_ACCESS_KEY with the keys of the system user.' },
      { text: 'If that key is gone, make another system user on an S3 node:', command: CREATE },
      RESTART,
    ],
  }),
  'not-system-user': () => ({
    title: 'The access key of the console does not belong to a system user',
    what: 'The gateway knows the key, but it lets only system users manage others.',
    steps: [
      { text: 'On an S3 node, make a system user (add -V <volume> where there are several):', command: CREATE },
      {
        text: 'Put the printed S3AccessKeyId into OSTOR_ACCESS_KEY_ID, S3SecretAccessKey into OSTOR_SECRET_ACCESS_KEY.',
      },
      RESTART,
    ],
  }),
  clock: (_, { clockSkewSeconds }) => ({
    title:
      clockSkewSeconds === null
        ? 'The clocks of the console and of the storage gateway differ too much'
        : `The clocks are ${formatDuration(Math.abs(clockSkewSeconds))} apart`,
    what: `${apart(clockSkewSeconds)} Requests carry their time, and the gateway refuses those that look too old or too new.`,
    steps: [
      {
        text: 'On the machine of the console and on each S3 node, see whether the time is kept:',
        command: 'timedatectl',
      },
      { text: 'Switch the synchronization on where it is off:', command: 'timedatectl set-ntp true' },
    ],
  }),
  'not-ostor': (endpoint) => ({
    title: 'The address does not answer like an ostor gateway',
    what: 'Something is there, but it is not the management interface of ostor: a web page, a proxy, or another S3 server.',
    steps: [
      { text: 'See who answers:', command: curl(endpoint) },
      { text: 'Set OSTOR_ENDPOINT to the S3 address of the cluster, without a path, and restart the console.' },
      { text: 'A balancer before the gateway must pass the query string and the Date header on unchanged.' },
    ],
  }),
  refused: () => ({
    title: 'The storage gateway refuses the requests of the console',
    what: 'It answers, and it says no for a reason of its own, which stands below. Nothing was changed.',
    steps: [
      { text: 'Read the log of the gateway on the S3 nodes for the time of the check.' },
      { text: 'See whether a firewall, a balancer or a limit in front of the gateway answers in its place.' },
    ],
  }),
}

const CREATE = 'ostor-s3-admin create-user -S -e console@example.com'

/** Quotes what stands in a command, because an address may hold what a shell would read. */
const curl = (endpoint: string): string => `curl -sv '${endpoint.replaceAll("'", '')}/'`

const hostOf = (endpoint: string): string => {
  if (!URL.canParse(endpoint)) return '<host>:443'
  const { hostname, port } = new URL(endpoint)
  return `${hostname}:${port || '443'}`
}

const apart = (seconds: number | null): string => {
  if (seconds === null) return 'One of the two is wrong.'
  const rounded = Math.round(Math.abs(seconds))
  return `The gateway is ${rounded} seconds ${seconds > 0 ? 'ahead of' : 'behind'} the console.`
}
