/** A request the gateway refuses, in the words of S3. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const wrongParameters = (message: string) => new Refusal(400, 'InvalidArgument', message)
export const noSuchUser = () => new Refusal(404, 'NoSuchUser', 'The specified user does not exist.')
export const noSuchBucket = () => new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist.')
export const notAllowed = (method: string) =>
  new Refusal(405, 'MethodNotAllowed', `The method ${method} is not allowed against this resource.`)
