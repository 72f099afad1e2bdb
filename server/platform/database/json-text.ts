/** How a column becomes JSON text: an id or day needs quotes only, a number nothing, free text escaping. */
export type JsonColumn =
  | { readonly id: string }
  | { readonly quoted: string }
  | { readonly number: string }
  | { readonly text: string }
  | { readonly json: string }

// Hardly any name holds a character that JSON escapes; asking first costs less than the server's own escaping.
const escaped = (text: string): string =>
  `case when ${text} ~ '["\\\\\\u0001-\\u001f]' then to_json(${text})::text else coalesce('"' || ${text} || '"', 'null') end`

// What stands before, in and behind a column.
const written = (column: JsonColumn): readonly [string, string, string] => {
  if ('id' in column) return ['"', column.id, '"']
  if ('quoted' in column) return ['', `coalesce('"' || ${column.quoted} || '"', 'null')`, '']
  if ('number' in column) return ['', `coalesce((${column.number})::text, 'null')`, '']
  if ('text' in column) return ['', escaped(column.text), '']
  return ['', column.json, '']
}

/**
 * SQL that writes one JSON object as text; `id` is for what is never null. The server's own json_build_object looks up the
 * type of every argument for every row; over a class list that cost as much as finding the rows.
 */
export const jsonText = (columns: Readonly<Record<string, JsonColumn>>): string => {
  const pieces: string[] = []
  let literal = '{'
  for (const [index, [name, column]] of Object.entries(columns).entries()) {
    const [before, value, behind] = written(column)
    pieces.push(`'${literal}${index === 0 ? '' : ','}"${name}":${before}'`, value)
    literal = behind
  }
  return `concat(${pieces.join(', ')}, '${literal}}')`
}
