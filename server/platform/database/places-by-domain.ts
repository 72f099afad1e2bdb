import type { Actor } from '../actor.ts'
import { reachOf } from '../reach.ts'

const arrayText = (values: readonly string[]): string => `{${values.join(',')}}`

// What stands at or below a path begins with it; a range of another form could not be asked for that way.
const insistOnPath = (lo: string, hi: string): string => {
  if (hi !== `${lo}~`) throw new Error(`a range of sight is not a path: ${lo} to ${hi}`)
  return lo
}

const isEmpty = ({ lo, hi }: { readonly lo: string; readonly hi: string }): boolean => lo >= hi

/**
 * What a person sees, by secrecy domain, as short row policies read it: settings `at<domain>` (the first place), `more<domain>`
 * (all others) and `of<domain>` (students seen one by one); domain 0 stands for any. Only what differs from the defaults.
 * The same as the ranges, lists and domains of the actor's settings say. [C13]
 */
export const placesByDomain = (actor: Pick<Actor, 'settings'>): readonly [string, string][] => {
  const { ranges, classes, classKinds, students, listKinds } = reachOf(actor)
  const seen = [
    ...ranges.filter((range) => !isEmpty(range)).map(({ lo, hi, kinds }) => ({ path: insistOnPath(lo, hi), kinds })),
    ...classes.map((path) => ({ path, kinds: classKinds })),
  ]
  const domains = [...new Set([...seen.flatMap(({ kinds }) => kinds), ...listKinds])].sort((one, other) => one - other)
  const settings = (domain: number, open: typeof seen): [string, string][] => {
    const [first, ...others] = new Set(open.map(({ path }) => path))
    return [
      ...(first ? [[`at${domain}`, first] as [string, string]] : []),
      ...(others.length > 0 ? [[`more${domain}`, arrayText(others)] as [string, string]] : []),
    ]
  }
  return [
    ...settings(0, seen),
    ...domains.flatMap((domain) => [
      ...settings(
        domain,
        seen.filter(({ kinds }) => kinds.includes(domain)),
      ),
      ...(students.length > 0 && listKinds.includes(domain)
        ? [[`of${domain}`, arrayText(students)] as [string, string]]
        : []),
    ]),
  ]
}
