/** Parts joined by a word. All of nothing holds, any of nothing does not: the loader lets no empty list in, yet both readers agree. */
export const joined = (parts: readonly string[], word: 'and' | 'or'): string =>
  parts.length === 0 ? (word === 'and' ? 'true' : 'false') : `(${parts.join(` ${word} `)})`
