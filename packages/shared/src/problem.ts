import * as z from 'zod'
import { said } from './said.ts'

/** Every way a request can fail. The key is the last segment of the document's `type`; `title` is for people. */
export const PROBLEMS = {
  'request-invalid': { status: 400, title: said`The request is not valid` },
  'confirmation-wrong': { status: 400, title: said`The confirmation does not match` },
  'session-required': { status: 401, title: said`Sign in to continue` },
  'sign-in-failed': { status: 401, title: said`The e-mail or the password is not right` },
  'token-malformed': { status: 401, title: said`This is no API token` },
  'token-unknown': { status: 401, title: said`This API token is not known here` },
  'token-elsewhere': { status: 401, title: said`This API token is not taken from this address` },
  'token-revoked': { status: 401, title: said`This API token was revoked` },
  'token-expired': { status: 401, title: said`This API token has expired` },
  'token-owner-disabled': { status: 401, title: said`Whoever made this API token may not sign in any more` },
  'addon-refused': { status: 401, title: said`This request is not signed by the addon of WHMCS` },
  'local-sign-in-off': { status: 403, title: said`Everybody signs in through the provider here` },
  'not-allowed': { status: 403, title: said`Your role does not allow this` },
  'token-not-allowed': { status: 403, title: said`This API token does not allow this` },
  'out-of-scope': { status: 403, title: said`You are limited to groups of users` },
  'proof-required': { status: 403, title: said`Confirm that it is you` },
  'second-step-missing': { status: 403, title: said`Set up a second step first` },
  'second-step-required': { status: 403, title: said`The password alone is not enough` },
  'proof-failed': { status: 403, title: said`The password is not right` },
  'link-wrong': { status: 403, title: said`This link is not valid any more` },
  'cookie-not-kept': { status: 401, title: said`The browser did not keep the session` },
  'sign-in-expired': { status: 401, title: said`The sign-in took too long` },
  'code-wrong': { status: 403, title: said`The code is not right` },
  'passkey-refused': { status: 403, title: said`The passkey was not accepted` },
  'request-not-from-console': { status: 403, title: said`This request did not come from the console` },
  'setup-code-wrong': { status: 403, title: said`The setup code is not right` },
  'system-user-protected': { status: 403, title: said`A system user cannot be changed here` },
  'passkey-not-found': { status: 404, title: said`There is no such passkey` },
  'admin-not-found': { status: 404, title: said`There is no such person` },
  'session-not-found': { status: 404, title: said`There is no such session` },
  'token-not-found': { status: 404, title: said`There is no such API token` },
  'cluster-not-found': { status: 404, title: said`There is no such cluster` },
  'user-not-found': { status: 404, title: said`There is no such user` },
  'key-not-found': { status: 404, title: said`There is no such key` },
  'account-not-found': { status: 404, title: said`There is no such account` },
  'bucket-not-found': { status: 404, title: said`There is no such bucket` },
  'statistics-object-not-found': { status: 404, title: said`There is no such statistics object` },
  'bulk-run-not-found': { status: 404, title: said`There is no such bulk change` },
  'group-not-found': { status: 404, title: said`There is no such group of users` },
  'client-not-found': { status: 404, title: said`There is no such client` },
  'link-not-found': { status: 404, title: said`This user does not belong to this client` },
  'message-not-found': { status: 404, title: said`There is no such message` },
  'plan-not-found': { status: 404, title: said`There is no such plan` },
  'month-not-found': { status: 404, title: said`Nothing is known of this month` },
  'bill-not-found': { status: 404, title: said`There is no such bill in this month` },
  'old-secret-not-found': { status: 404, title: said`There is no such note with a secret` },
  'operation-not-found': { status: 404, title: said`There is no such operation` },
  'scheduled-change-not-found': { status: 404, title: said`There is no such scheduled change` },
  'signs-in-elsewhere': {
    status: 409,
    title: said`This person signs in through the provider and has no password here`,
  },
  'no-passkeys-here': { status: 409, title: said`A passkey cannot be used at this address` },
  'passkey-exists': { status: 409, title: said`This passkey is here already` },
  'passkey-limit-reached': { status: 409, title: said`You have as many passkeys as there can be` },
  'last-way-in': { status: 409, title: said`This is the only way in that is left` },
  'last-admin': { status: 409, title: said`The last admin has to stay one` },
  'admin-not-limited': { status: 409, title: said`An admin may do everything and cannot be limited` },
  'group-exists': { status: 409, title: said`There is a group of this name already` },
  'admin-exists': { status: 409, title: said`There is a person with this e-mail already` },
  'token-exists': { status: 409, title: said`You have an API token of this name` },
  'too-many-tokens': { status: 409, title: said`You have as many API tokens as one may have` },
  'asked-already': { status: 409, title: said`This was asked for already` },
  'setup-done': { status: 409, title: said`The first admin exists already` },
  'second-factor-on': { status: 409, title: said`Two-step sign-in is on already` },
  'second-factor-off': { status: 409, title: said`Two-step sign-in is off` },
  'enrolment-over': { status: 409, title: said`This set-up has ended` },
  'email-exists': { status: 409, title: said`A user with this e-mail exists already` },
  'email-exists-with-other-case': {
    status: 409,
    title: said`A user with this e-mail in other letter case exists already`,
  },
  'email-ambiguous': { status: 409, title: said`Several users share this e-mail` },
  'user-has-buckets': { status: 409, title: said`A user who owns buckets cannot be deleted` },
  'key-limit-reached': { status: 409, title: said`This user already has as many keys as the gateway allows` },
  'being-changed': { status: 409, title: said`Somebody else is changing this at the moment` },
  'being-checked': { status: 409, title: said`It is still being found out how an earlier change ended` },
  'scheduled-already': { status: 409, title: said`This is scheduled already` },
  'not-waiting': { status: 409, title: said`This does not wait any more` },
  'account-exists': { status: 409, title: said`The user has an account of this name` },
  'no-accounts': { status: 409, title: said`This version of the gateway has no accounts` },
  'last-key': { status: 409, title: said`This is the last key of the user` },
  'statistics-not-safe': { status: 409, title: said`This object is not yet safe to delete` },
  'cannot-undo': { status: 409, title: said`This cannot be undone` },
  'cannot-repeat': { status: 409, title: said`This cannot be done again` },
  'user-linked': { status: 409, title: said`This user belongs to a client already` },
  'old-secret-in-use': { status: 409, title: said`The key in this note may still be valid` },
  'whmcs-not-set-up': { status: 409, title: said`WHMCS is not set up for this` },
  'message-moved-on': { status: 409, title: said`This message is not in that state any more` },
  'bulk-run-moved-on': { status: 409, title: said`This bulk change is not in that state any more` },
  'nothing-chosen': { status: 409, title: said`No user is chosen` },
  'too-many-chosen': { status: 409, title: said`Too many users are chosen` },
  'keys-not-here': { status: 409, title: said`There are no keys to hand over` },
  'plan-exists': { status: 409, title: said`There is a plan of this name already` },
  'plan-in-use': { status: 409, title: said`Somebody has this plan` },
  'too-many-plans': { status: 409, title: said`There are as many plans as there can be` },
  'month-closed': { status: 409, title: said`This month is closed` },
  'month-not-closed': { status: 409, title: said`This month is not closed` },
  'month-not-ready': { status: 409, title: said`This month cannot be closed yet` },
  'month-incomplete': { status: 409, title: said`Not all of this month is known` },
  'pushed-otherwise': { status: 409, title: said`WHMCS was told of this month the other way` },
  'push-off': { status: 409, title: said`WHMCS is not told of usage` },
  'not-quarantined': { status: 409, title: said`This object is not in quarantine` },
  'cannot-be-counted': { status: 409, title: said`This object cannot be counted` },
  'changed-meanwhile': { status: 412, title: said`Somebody else changed this in the meantime` },
  'too-many-attempts': { status: 429, title: said`Too many attempts; wait a little` },
  'sealed-damaged': { status: 500, title: said`A secret in the store cannot be read` },
  internal: { status: 500, title: said`Something failed on our side` },
  'gateway-refused': { status: 502, title: said`The storage gateway refused the request` },
  'gateway-bad-reply': { status: 502, title: said`The storage gateway sent an answer that cannot be read` },
  'gateway-not-ostor': { status: 502, title: said`The address does not answer like an ostor gateway` },
  'gateway-key-wrong': { status: 502, title: said`The storage gateway does not accept the access key of the console` },
  'gateway-key-not-system': {
    status: 502,
    title: said`The access key of the console does not belong to a system user`,
  },
  'gateway-clock': { status: 502, title: said`The clocks of the console and of the storage gateway differ too much` },
  'not-applied': {
    status: 502,
    title: said`The storage gateway accepted the change, but reading back shows another value`,
  },
  'gateway-unreachable': { status: 503, title: said`The storage gateway does not answer` },
  'gateway-tls': { status: 503, title: said`The certificate of the storage gateway is not trusted` },
  'whmcs-unavailable': { status: 503, title: said`WHMCS does not answer as it should` },
  'store-unavailable': { status: 503, title: said`The store of the console is not available` },
  'outcome-unknown': { status: 504, title: said`It is not known whether this took effect` },
} as const

export type ProblemKind = keyof typeof PROBLEMS

/** One field that is wrong. `pointer` is a JSON pointer from the request (`/body/email`); `code` is stable. */
export const FieldError = z.object({ pointer: z.string(), detail: z.string(), code: z.string().optional() })
export type FieldError = z.infer<typeof FieldError>

/** The one error body on the wire (RFC 9457, `application/problem+json`). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(FieldError).optional(),
  /** The buckets that stand in the way (`user-has-buckets`), the first hundred. */
  buckets: z.array(z.string()).optional(),
  /** The audit entry of the write whose outcome is not known (`outcome-unknown`). */
  operationId: z.string().optional(),
  /** Gateway clock minus our clock (`gateway-clock`). */
  clockSkewSeconds: z.number().optional(),
  /** Whole seconds after which another try makes sense. */
  retryAfterSeconds: z.int().optional(),
})
export type Problem = z.infer<typeof Problem>

/** A problem on its way: thrown in the BFF, rebuilt from the document by the web's `call()`. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options)
    this.problem = problem
  }

  is = (...kinds: ProblemKind[]): boolean => kinds.some((kind) => this.problem.type === `/problems/${kind}`)
}

type Extra = Omit<Problem, 'type' | 'title' | 'status' | 'instance'>

export const problem = (kind: ProblemKind, extra: Extra = {}, options?: ErrorOptions): ProblemError =>
  new ProblemError({ type: `/problems/${kind}`, ...PROBLEMS[kind], ...extra }, options)
