import type { ShownCase } from '#web/flows'
import { Facts, Panel } from '#web/platform'

const word = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Whom an objection is about, as the school announced it, for whoever answers. [C19] */
export const ObjectionPart = ({ shown }: { readonly shown: ShownCase }) => {
  const { name, level } = shown.outcome
  if (name === undefined) return null
  return (
    <Panel title="公示的是">
      <Facts
        rows={[
          ['姓名', word(name)],
          ['班级', word(shown.outcome.class)],
          ['档次', word(level)],
        ]}
      />
      <p className="quiet">参加过这次评议和决定的人看不到这件异议,请向没有参与的同事核实。</p>
    </Panel>
  )
}
