import { type RawBuilder, sql } from 'kysely'

const LINE = '\n'

/** Many texts as one parameter, to be selected from; none of them holds the end of a line. */
export const listed = (texts: Iterable<string>): RawBuilder<string> =>
  sql`(select unnest(string_to_array(${[...texts].filter((text) => !text.includes(LINE)).join(LINE)}, ${LINE})))`
