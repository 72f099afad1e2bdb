import type { AskedField } from '#web/flows'

export interface FormPage {
  readonly title: string
  readonly fields: readonly AskedField[]
}

const pageTitleOf = (group: string): string => group.replace(/\(\d+\)$/, '')

/** The form cut into pages: fields of one heading stand together, numbered headings (family members) on one page. */
export const pagesOf = (form: readonly AskedField[]): readonly FormPage[] => {
  const pages: { title: string; fields: AskedField[] }[] = []
  for (const field of form) {
    const title = pageTitleOf(field.group ?? '')
    const last = pages.at(-1)
    if (last?.title === title) last.fields.push(field)
    else pages.push({ title, fields: [field] })
  }
  // The page's own title says it; only rows of a table need their number above them.
  return pages.map(({ title, fields }) => ({
    title,
    fields: fields.map((field) => (field.group === title ? { ...field, group: null } : field)),
  }))
}
