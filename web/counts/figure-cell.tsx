import { useContext } from 'react'
import { BarCell, Go } from '#web/platform'
import { type CoverageHead, type Figures, NamesAt } from './coverage-answer.ts'
import { numberText, spokenFigure } from './share.ts'

interface Props {
  readonly unitId: string
  readonly head: CoverageHead
  readonly figure: Figures[string] | undefined
}

/** One figure of a unit: bar, percent, and the two numbers. It opens into names where they are open to this person. */
export function FigureCell({ unitId, head, figure }: Props) {
  const to = useContext(NamesAt)(unitId, head.id)
  if (figure === undefined) {
    return (
      <span className="quiet">
        <span aria-hidden>—</span>
        <span className="only-read">{`${head.label}:这里没有这一项`}</span>
      </span>
    )
  }
  const drawn = (
    <>
      <span className="only-read">{spokenFigure(head.label, figure)}</span>
      <span aria-hidden>
        <BarCell part={figure.met} whole={figure.need} />
        <span className="quiet number">
          {figure.need === 0 ? '没有对象' : `${numberText(figure.met)} / ${numberText(figure.need)}`}
        </span>
      </span>
    </>
  )
  if (!head.namesOpen || figure.need === 0 || to === undefined) return <div>{drawn}</div>
  return (
    <Go to={to} style={{ display: 'block', color: 'inherit' }}>
      {drawn}
    </Go>
  )
}
