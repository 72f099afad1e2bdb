import type { Pack } from './pack.ts'
import type { Cite } from './rule-base.ts'

/** Title of a source document, wherever along the packs it is named. */
const documentTitle = (packs: readonly Pack[], id: string): string => {
  const document = packs.flatMap(({ documents }) => documents).find((one) => one.id === id)
  return document ? `《${document.title}》` : id
}

/** Where a rule comes from, in words: each document and the place in it. */
export const sayCite = (cite: readonly Cite[], packs: readonly Pack[]): string =>
  cite.map(({ document, at }) => `${documentTitle(packs, document)} ${at}`).join(';')
