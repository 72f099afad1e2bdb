import type { DutyAct, DutyExample, DutyNeed, DutyPeriod, DutyRule } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import { readCodes } from './read-codes.ts'
import type { Path } from './read-yaml.ts'
import type { Written } from './shapes/index.ts'
import { findRef, type Say, type Standing } from './standing.ts'

/** Reads a duty. */
export function readDuty(written: Written<'duty'>, line: number, standing: Standing, say: Say): DutyRule | undefined {
  const base = readBase(written, line, standing, say)
  const ref = findRef(standing, 'who', written.for)
  if (!ref) say(`没有叫“${written.for}”的类别`, ['for'])
  const does = readNeed(written.does, standing, say)
  if (new Set([written.by, ...written.fallback]).size <= written.fallback.length)
    say('fallback 里的岗位不能重复,也不能与 by 相同', ['fallback'])
  const per = readPeriod(written.per, standing, say)
  if (per?.kind === 'after' && does && does.kind !== 'record')
    say('某件事之后要办的(after),只能是再做一次记录(does: record)', ['does'])
  const examples = readExamples(written.examples, (example, path) => readExample(example, standing, say, path))
  return ref === undefined || !does || !per
    ? undefined
    : {
        ...base,
        kind: 'duty',
        neutralTitle: written.neutral_title,
        for: ref,
        does,
        by: written.by,
        fallback: written.fallback,
        atLeast: written.at_least,
        per,
        examples,
      }
}

function readNeed(written: Written<'duty'>['does'], standing: Standing, say: Say): DutyNeed | undefined {
  if ('appointment' in written) return { kind: 'appointment', post: written.appointment }
  if ('archive' in written) {
    if (new Set(written.archive.map(({ part }) => part)).size < written.archive.length)
      say('档案的部分有重复', ['does', 'archive'])
    const parts = written.archive.map(({ part, shown_by }, index) => {
      const shownBy = shown_by === 'system' ? [] : shown_by
      const numbers = shownBy.flatMap((id) => {
        const record = standing.records.get(id)
        if (!record) say(`没有叫“${id}”的记录`, ['does', 'archive', index, 'shown_by'])
        return record?.number ?? []
      })
      return { part, shownBy, numbers }
    })
    return { kind: 'archive', parts }
  }
  const record = standing.records.get(written.record)
  if (!record) {
    say(`没有叫“${written.record}”的记录`, ['does', 'record'])
    return undefined
  }
  const where = readCodes(written.where ?? {}, record, say, ['does', 'where'])
  return { kind: 'record', record: record.id, number: record.number, where }
}

function readPeriod(written: Written<'duty'>['per'], standing: Standing, say: Say): DutyPeriod | undefined {
  if (written === 'standing') return { kind: 'standing' }
  if (typeof written === 'string') return { kind: 'every', period: written }
  if ('once_by' in written) return { kind: 'once', by: written.once_by }
  const event = standing.records.get(written.after)
  if (!event) {
    say(`没有叫“${written.after}”的记录`, ['per', 'after'])
    return undefined
  }
  const where = readCodes(written.where ?? {}, event, say, ['per', 'where'])
  return 'hours' in written
    ? { kind: 'after', event: event.id, where, hours: written.hours }
    : { kind: 'after', event: event.id, where, workingDays: written.working_days }
}

function readExample(
  written: Written<'duty'>['examples']['in'][number],
  standing: Standing,
  say: Say,
  path: Path,
): DutyExample {
  const acts = (written.acts ?? []).flatMap((act, index): DutyAct[] => {
    const record = standing.records.get(act.record)
    if (!record) {
      say(`没有叫“${act.record}”的记录`, [...path, 'acts', index, 'record'])
      return []
    }
    const codes = readCodes(act.with ?? {}, record, say, [...path, 'acts', index, 'with'])
    return [{ record: record.id, on: act.on, codes }]
  })
  return {
    ...(written.period && { period: { from: written.period[0], until: written.period[1] } }),
    acts,
    posts: written.posts ?? [],
    parts: written.parts ?? [],
  }
}
