/** How a column becomes JSON text: an id or day needs quotes only, a number nothing, free text escaping. */
export type JsonColumn =
  | { readonly quoted: string }
  | { readonly number: string }
  | { readonly text: string }
  | { readonly json: string }

const written = (column: JsonColumn): string => {
  if ('quoted' in column) return `coalesce('"' || ${column.quoted} || '"', 'null')`
  if ('number' in column) return `coalesce((${column.number})::text, 'null')`
  if ('text' in column) return `coalesce(to_json(${column.text})::text, 'null')`
  return column.json
}

/**
 * SQL that writes one JSON object as text. The server's own json_build_object looks up the type of every argument for
 * every row; over a class list that cost as much as finding the rows.
 */
export const jsonText = (columns: Readonly<Record<string, JsonColumn>>): string => {
  const fields = Object.entries(columns).map(
    ([name, column], index) => `'${index === 0 ? '{' : ','}"${name}":', ${written(column)}`,
  )
  return `concat(${fields.join(', ')}, '}')`
}
