import { describe, expect, test } from 'vitest'
import { findLabellingWord } from '#contract/platform'
import { procedures } from './procedures.ts'

const flows = procedures.map(({ flow }) => flow)

describe.each(flows.map((flow) => [flow.id, flow] as const))('the table of %s', (_, flow) => {
  const states = Object.entries(flow.states)

  test('[C24] says nothing that labels a child where others may read it', () => {
    const told = [flow.neutralLabel, ...states.map(([, state]) => state.told)]
    expect(told.map(findLabellingWord).filter(Boolean)).toEqual([])
  })

  test('leads from every state that is not final to some end, and into every state from none', () => {
    const onward = (name: string): string[] =>
      flow.moves
        .filter(({ from }) => from.includes(name))
        .flatMap(({ to }) =>
          to === 'next' ? states.slice(states.findIndex(([one]) => one === name) + 1).map(([one]) => one) : [to],
        )
    const reached = new Set(['none'])
    for (const name of reached) for (const next of onward(name)) reached.add(next)
    expect(states.map(([name]) => name).filter((name) => !reached.has(name))).toEqual([])
    for (const [name, state] of states) {
      const ahead = new Set([name])
      for (const one of ahead) for (const next of onward(one)) ahead.add(next)
      if (!state.final)
        expect(
          [...ahead].some((one) => flow.states[one]?.final),
          name,
        ).toBe(true)
      else
        expect(
          flow.moves.filter(({ from }) => from.includes(name)),
          name,
        ).toEqual([])
    }
  })

  test('names no state or move that is not there, and a clock whose move the clock may make', () => {
    const names = new Set(['none', ...states.map(([name]) => name)])
    for (const move of flow.moves) {
      expect([...move.from].filter((name) => !names.has(name))).toEqual([])
      if (move.to !== 'next') expect(names.has(move.to)).toBe(true)
    }
    for (const [, state] of states) {
      const over = state.clock?.whenOver
      if (over === undefined || over === 'escalate') continue
      expect(flow.moves.find(({ id }) => id === over.move)?.by).toContain('clock')
    }
  })
})
