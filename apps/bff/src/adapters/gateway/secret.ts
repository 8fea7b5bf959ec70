import { createSecretKey, type KeyObject } from 'node:crypto'
import { inspect } from 'node:util'

const HIDDEN = '[secret]'

/** Text that must not be written down: it prints as `[secret]` wherever it ends up, unless it is asked to reveal itself. */
export class Secret {
  readonly #key: KeyObject

  private constructor(key: KeyObject) {
    this.#key = key
  }

  static of = (text: string): Secret => new Secret(createSecretKey(text, 'utf8'))

  reveal = (): string => this.#key.export().toString('utf8')

  /** For signing, without the text ever being built. */
  signingKey = (): KeyObject => this.#key

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}
