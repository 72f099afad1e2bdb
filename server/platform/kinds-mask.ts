/** Secrecy domains as bits of one number, the form in which row policies read them: domain 2 and 7 are `132`. */
export const maskOf = (domains: readonly number[]): string =>
  String(domains.reduce((mask, domain) => mask | (1 << domain), 0))

/** The domains whose bits stand in a setting. */
export const domainsOfMask = (mask: string | undefined): number[] => {
  const bits = Number(mask ?? '0')
  return Array.from({ length: 15 }, (_, domain) => domain).filter((domain) => (bits & (1 << domain)) !== 0)
}
