import { columnOf, jsonRows, textsOf } from '#server/platform'
import { tells, tellsAt } from './overlook-statement.ts'
import type { SceneUnit, View } from './scene.ts'

/** A page as it was read; lines and figures are JSON. */
export interface Overlooked {
  readonly unit: (SceneUnit & { readonly schoolId: string | null }) | undefined
  readonly ancestors: readonly SceneUnit[]
  /** Open units right below, on whatever page. */
  readonly below: number
  readonly lines: Buffer
  readonly total: string
}

/** Need, met and reviewed of one coverage. */
type Figure = [need: number, met: number, reviewed: number]
type Figures = Map<number, Figure>

const add = (figures: Figures, number: number, need: number, met: number, reviewed: number): void => {
  const figure = figures.get(number)
  if (!figure) {
    figures.set(number, [need, met, reviewed])
    return
  }
  figure[0] += need
  figure[1] += met
  figure[2] += reviewed
}

// A list as the server writes it; paths and numbers hold nothing that it would quote.
const itemsOf = (list: string | null | undefined): string[] => (list ? list.slice(1, -1).split(',') : [])

const none: Figure = [0, 0, 0]
const nothing: Figures = new Map()

const written = (figures: Figures, views: readonly View[]): string =>
  views
    .map(({ number, rule }) => {
      const [need, met, reviewed] = figures.get(number) ?? none
      return `"${number}":{"need":${need},"met":${met},"reviewed":${rule.showsReviewed ? reviewed : null}}`
    })
    .join()

/**
 * Lays out what `overlookStatement` read. What stands further below counts with the unit of the page it stands under,
 * whose path is what follows the unit's own as far as the next dot.
 */
export const readOverlooked = (rows: readonly Buffer[], views: readonly View[], path: string): Overlooked => {
  let unit: Overlooked['unit']
  let below = 0
  const ancestors: SceneUnit[] = []
  const page: Buffer[] = []
  const total: Figures = new Map()
  const places = new Map<string, Figures>()
  for (const row of rows) {
    const what = Number(columnOf(row, tellsAt))
    if (what === tells.line) {
      page.push(row)
      continue
    }
    const [id, name, kind, at, , number, need, met, reviewed, schoolId = null] = textsOf(row)
    const known = { id: id ?? '', name: name ?? '', kind: kind as SceneUnit['kind'], path: at ?? '' }
    switch (what) {
      case tells.unit:
        unit = { ...known, schoolId }
        below = Number(need)
        break
      case tells.above:
        ancestors.push(known)
        break
      case tells.total:
        add(total, Number(number), Number(need), Number(met), Number(reviewed))
        break
      default: {
        const [needs, mets, reviews] = [itemsOf(need), itemsOf(met), itemsOf(reviewed)]
        for (const [index, place] of itemsOf(at).entries()) {
          const child = place.slice(0, place.indexOf('.', path.length) + 1)
          const figures = places.get(child) ?? new Map<number, Figure>()
          places.set(child, figures)
          add(figures, Number(number), Number(needs[index]), Number(mets[index]), Number(reviews[index]))
        }
      }
    }
  }
  page.sort((one, other) => Number(columnOf(one, tellsAt + 1)) - Number(columnOf(other, tellsAt + 1)))
  ancestors.sort((one, other) => one.path.length - other.path.length)
  const writeLines = jsonRows([
    ['unitId', 'quoted'],
    ['name', 'text'],
    ['kind', 'quoted'],
    (place) => Buffer.from(`"drill":true,"figures":{${written(places.get(place) ?? nothing, views)}}`),
  ])
  return { unit, ancestors, below, lines: writeLines(page), total: written(total, views) }
}
