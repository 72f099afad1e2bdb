import type { Actor } from './actor.ts'
import { domainsOfMask } from './kinds-mask.ts'

/** A stretch of the unit tree a person sees, with the secrecy domains open there. */
export interface Range {
  readonly lo: string
  readonly hi: string
  readonly kinds: readonly number[]
}

/** The same reach that row policies read, for questions an operation asks before it touches a row. */
export interface Reach {
  readonly ranges: readonly Range[]
  readonly classes: readonly string[]
  readonly classKinds: readonly number[]
  readonly students: readonly string[]
  readonly listKinds: readonly number[]
  /** Students nothing is open of, whatever else is. */
  readonly barred: readonly string[]
  /** Every place of the above with the domains open there; for paired students that is their school. */
  readonly places: readonly { readonly path: string; readonly kinds: readonly number[] }[]
  /** Whether a path lies in the person's own school or unit. */
  readonly atHome: (path: string) => boolean
  /** Secrecy domains open over everything at a path; a mentor's own students are not everything. */
  readonly domainsAt: (path: string) => ReadonlySet<number>
}

const texts = (setting: string | undefined): string[] =>
  (setting ?? '').replace(/[{}"]/g, '').split(',').filter(Boolean)

const reaches = new WeakMap<Actor['settings'], Reach>()

/** Reads a person's reach from the settings that row policies read; the same settings are read once. */
export const reachOf = ({ settings }: Pick<Actor, 'settings'>): Reach => {
  const known = reaches.get(settings) ?? readReach(settings)
  reaches.set(settings, known)
  return known
}

const readReach = (settings: Actor['settings']): Reach => {
  const ranges = [1, 2].flatMap((n): Range[] => {
    const [lo, hi] = [settings[`lo${n}`], settings[`hi${n}`]]
    return lo && hi ? [{ lo, hi, kinds: domainsOfMask(settings[`kinds${n}`]) }] : []
  })
  const classes = texts(settings.classes)
  const classKinds = domainsOfMask(settings.class_kinds)
  const students = texts(settings.students)
  const listKinds = domainsOfMask(settings.list_kinds)
  const [homeLo, homeHi] = [settings.home_lo ?? '', settings.home_hi ?? '']
  return {
    ranges,
    classes,
    classKinds,
    students,
    listKinds,
    barred: texts(settings.barred),
    places: [
      ...ranges.map(({ lo, kinds }) => ({ path: lo, kinds })),
      ...classes.map((path) => ({ path, kinds: classKinds })),
      ...texts(settings.list_schools).map((path) => ({ path, kinds: listKinds })),
    ],
    atHome: (path) => homeLo !== '' && path >= homeLo && path < homeHi,
    domainsAt: (path) =>
      new Set([
        ...ranges.filter(({ lo, hi }) => path >= lo && path < hi).flatMap(({ kinds }) => kinds),
        ...(classes.includes(path) ? classKinds : []),
      ]),
  }
}

/**
 * Secrecy domains a person sees over one student. For choosing what to show of something already allowed; which rows
 * exist is decided by the policies alone.
 */
export const domainsOver = (actor: Pick<Actor, 'settings'>, scope: string, studentId: string): ReadonlySet<number> => {
  const reach = reachOf(actor)
  if (reach.barred.includes(studentId)) return new Set()
  const open = reach.domainsAt(scope)
  return reach.students.includes(studentId) ? new Set([...open, ...reach.listKinds]) : open
}
