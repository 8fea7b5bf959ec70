/**
 * A sentence that people read: plain English here, in the log and on the wire, and a template that the browser has
 * translations of. What is put in is a name, an id, a number or an address, and never a word of English.
 */
export const said = (strings: TemplateStringsArray, ...values: (string | number | bigint)[]): string =>
  String.raw({ raw: strings }, ...values)
