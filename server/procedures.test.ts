import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cellsOf, type Flow, type VerdictTable, verdictsOf } from '#contract/flows'
import { postIds } from '#contract/people'
import { findLabellingWord } from '#contract/platform'
import { procedures } from './procedures.ts'

const flows = procedures.map(({ flow }) => flow)

/** The reviewed verdicts of a flow, wherever its capability keeps them. */
const contract = new URL('../contract/', import.meta.url)
const reviewed = (id: string): VerdictTable => {
  const kept = readdirSync(contract, { recursive: true }).map(String)
  const [file, ...more] = kept.filter((name) => name.endsWith(`/${id}.verdicts.json`))
  if (!file || more.length > 0) throw new Error(`the verdicts of ${id} are kept in ${1 + more.length} files`)
  return JSON.parse(readFileSync(new URL(file, contract), 'utf8'))
}

describe.each(flows.map((flow) => [flow.id, flow] as const))('the table of %s', (_, flow) => {
  const states = Object.entries(flow.states)

  test('[G3 G33] sends no copy of what is kept to a desk or stands in a domain that few see', () => {
    const copied = states.filter(([, { copies = [] }]) => copies.length > 0)
    if (copied.length > 0)
      expect([flow.seenBy, flow.domain]).toEqual([undefined, expect.stringMatching(/^(general|family)$/)])
  })

  test('has a reviewed verdict for every cell, and a move or a state added to it has none until somebody reviews it', () => {
    const cells = cellsOf(reviewed(flow.id), postIds)
    expect(verdictsOf(flow, postIds)).toEqual(cells)
    const [first] = states
    const move = {
      id: 'a-new-move',
      label: '新',
      from: [first?.[0] ?? ''],
      to: 'next',
      by: ['principal'],
      needsReason: false,
    } as const
    const moves: Flow = { ...flow, moves: [...flow.moves, move] }
    expect(verdictsOf(moves, postIds)).not.toEqual(cells)
    const more: Flow = { ...flow, states: { ...flow.states, 'a-new-state': { label: '新', told: '新' } } }
    expect(verdictsOf(more, postIds)).not.toEqual(cells)
    // A post more for a move that is there is a change of the table as well.
    const widened = flow.moves.map((one) => ({ ...one, by: [...new Set([...one.by, 'administrator' as const])] }))
    expect(verdictsOf({ ...flow, moves: widened }, postIds)).not.toEqual(cells)
  })

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
