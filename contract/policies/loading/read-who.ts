import { isPlainDate } from '#contract/platform'
import type { FactId } from '#contract/students'
import type { FactValue, Subject } from '../condition.ts'
import { factMeaning, findFact, readValue } from '../fact-values.ts'
import type { ClassRule, StudentExample } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import { readCondition } from './read-condition.ts'
import type { Path } from './read-yaml.ts'
import type { Written } from './shapes/index.ts'
import type { Say, Standing } from './standing.ts'

/** Reads a class. */
export function readWho(written: Written<'who'>, line: number, standing: Standing, say: Say): ClassRule | undefined {
  const base = readBase(written, line, standing, say)
  const proposes = written.proposes ?? false
  const suggests = written.suggests && readSuggestion(written.suggests, standing, say)
  if (suggests && !proposes) say('只有候选规则(proposes: true)才能写 suggests', ['suggests'])
  const when = readCondition(written.when, standing, say, ['when'])
  const examples = readExamples(written.examples, (example, path) =>
    readStudent(example, standing, say, path, suggests),
  )
  return (
    when && {
      ...base,
      kind: 'who',
      secrecy: written.secrecy,
      ...(written.discloses && { discloses: written.discloses }),
      proposes,
      ...(suggests && { suggests }),
      when,
      examples,
    }
  )
}

function readSuggestion(
  written: NonNullable<Written<'who'>['suggests']>,
  standing: Standing,
  say: Say,
): ClassRule['suggests'] {
  const fact = factMeaning(written.fact)
  const choose = written.choose.flatMap((choice, index) => {
    const path = ['suggests', 'choose', index]
    const value = readValue(fact, choice.value)
    if ('wrong' in value) say(value.wrong, [...path, 'value'])
    const when = choice.when === undefined ? undefined : readCondition(choice.when, standing, say, [...path, 'when'])
    return 'wrong' in value ? [] : [{ value: value.value, ...(when && { when }) }]
  })
  return { fact: written.fact, choose }
}

function readStudent(
  written: Written<'who'>['examples']['in'][number],
  standing: Standing,
  say: Say,
  path: Path,
  suggests: ClassRule['suggests'],
): StudentExample {
  const facts: Partial<Record<FactId, FactValue>> = {}
  const roster: Record<string, FactValue> = {}
  for (const [word, value] of Object.entries(written.facts)) {
    if (value === null) continue
    const at = [...path, 'facts', word]
    const fact = findFact(word)
    if (word === 'birth_date' || word === '出生日期') {
      if (typeof value === 'string' && isPlainDate(value)) roster.birth_date = value
      else say('“出生日期”应为日期,写作 2015-09-01', at)
    } else if (!fact) say(`没有叫“${word}”的事项,请对照事项字典`, at)
    else if (fact.ref === 'age') say('例子里请写出生日期(birth_date),年龄由日期算出', at)
    else {
      const read = readValue(fact, value)
      if ('wrong' in read) say(read.wrong, at)
      else if (fact.roster) roster[fact.ref] = read.value
      else facts[fact.ref as FactId] = read.value
    }
  }
  const acts = (written.acts ?? []).flatMap((act, index) => {
    const record = standing.records.get(act.record)
    if (!record) say(`没有叫“${act.record}”的记录`, [...path, 'acts', index, 'record'])
    return record ? [{ kind: record.number, on: act.on }] : []
  })
  const suggested =
    written.suggests === undefined || !suggests ? undefined : readValue(factMeaning(suggests.fact), written.suggests)
  if (suggested && 'wrong' in suggested) say(suggested.wrong, [...path, 'suggests'])
  if (written.suggests !== undefined && !suggests) say('这条规则没有 suggests,例子里不能写', [...path, 'suggests'])
  return {
    subject: { facts, roster: roster as Subject['roster'], acts },
    ...(written.date && { date: written.date }),
    ...(suggested && 'value' in suggested && { suggests: suggested.value }),
  }
}
