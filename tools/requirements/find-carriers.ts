import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { loadPacks, type PackFile } from '#contract/policies'

/** Something that carries requirements: how it is named in the table, and the ids it names itself. */
export interface Carrier {
  readonly what: string
  readonly ids: readonly string[]
}

const bracketed = /\[((?:[TXUNZCGS]\d{1,2})(?: [TXUNZCGS]\d{1,2})*)\]/g

/** Ids that a title or a comment names in brackets: `[T5]`, `[C2 G3]`. */
export const idsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(bracketed)].flatMap((match) => (match[1] ?? '').split(' '))),
]

const filesBelow = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .sort()

/** Clauses of the policy packs. Throws when a pack does not load: `npm run check:packs` says why. */
export const findClauses = (root: string): Carrier[] => {
  const folder = join(root, 'policies')
  const issuers = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const filesOf = (issuer: string): PackFile[] =>
    filesBelow(join(folder, issuer), /\.ya?ml$/).map((path) => ({
      name: relative(join(folder, issuer), path),
      text: readFileSync(path, 'utf8'),
    }))
  const loaded = loadPacks(new Map(issuers.map(({ name }) => [name, filesOf(name)])))
  if (!('packs' in loaded)) throw new Error('the policy packs do not load')
  return loaded.packs.flatMap((pack) =>
    pack.rules.map((rule) => ({
      what: `${pack.issuer}/${rule.id}`,
      ids: rule.cite.flatMap(({ requirement }) => requirement),
    })),
  )
}

/** A declared endpoint with the name by which web files import it. */
export interface EndpointCarrier extends Carrier {
  readonly capability: string
  readonly constant: string
}

const declared = z.object({
  method: z.string(),
  path: z.string().startsWith('/api/'),
  cites: z.array(z.string()).optional(),
})

export const findEndpoints = async (root: string): Promise<EndpointCarrier[]> => {
  const found: EndpointCarrier[] = []
  for (const path of filesBelow(join(root, 'contract'), /^[a-z-]+[/\\]index\.ts$/)) {
    const capability = relative(join(root, 'contract'), path).split(/[/\\]/)[0] ?? ''
    const parts = (await import(pathToFileURL(path).href)) as Record<string, unknown>
    for (const [constant, value] of Object.entries(parts)) {
      const endpoint = declared.safeParse(value)
      if (!endpoint.success) continue
      const { method, path: address, cites = [] } = endpoint.data
      found.push({ what: `${method} ${address}`, ids: cites, capability, constant })
    }
  }
  return found
}

const imported = /import (?:type )?\{([^}]*)\} from '#contract\/([a-z-]+)'/g

/** Files of the web that name ids in a comment, or call an endpoint that serves them. */
export const findScreens = (root: string, endpoints: readonly EndpointCarrier[]): Carrier[] => {
  const served = new Map(endpoints.map(({ capability, constant, ids }) => [`${capability} ${constant}`, ids]))
  return filesBelow(join(root, 'web'), /\.tsx?$/)
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8')
      const called = [...text.matchAll(imported)].flatMap(([, names = '', capability = '']) =>
        names.split(',').flatMap((name) => served.get(`${capability} ${name.trim().split(' ')[0]}`) ?? []),
      )
      return { what: relative(root, path).replaceAll('\\', '/'), ids: [...new Set([...idsIn(text), ...called])] }
    })
    .filter(({ ids }) => ids.length > 0)
}

// A report of another checkout names its own folder; a test is known by its place in the project.
const placeOf = (root: string, name: string): string => {
  const path = relative(root, name).replaceAll('\\', '/')
  return path.startsWith('../')
    ? (/(?:contract|database|server|web|tools|journeys)\/.*$/.exec(path)?.[0] ?? path)
    : path
}

const report = z.object({
  testResults: z.array(
    z.object({ name: z.string(), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
})

/** Tests that passed in the last whole run and name ids in their title, by file. */
export const findPassingTests = (root: string, reportText: string): Carrier[] =>
  report.parse(JSON.parse(reportText)).testResults.flatMap(({ name, assertionResults }) => {
    const what = placeOf(root, name)
    return assertionResults
      .filter(({ status }) => status === 'passed')
      .map(({ fullName }) => ({ what, ids: idsIn(fullName) }))
      .filter(({ ids }) => ids.length > 0)
  })
