import { z } from 'zod'
import type { Condition } from '../condition.ts'
import { words } from '../conditions/index.ts'
import type { Reading } from '../conditions/word.ts'
import type { Path } from './read-yaml.ts'
import { sentenceOf } from './sentences.ts'
import { findRef, type Say, type Standing } from './standing.ts'

const shapes = new Map(Object.entries(words).map(([key, word]) => [key, word.shape(z.unknown())]))

/** Reads a written condition; says everything that is wrong with it. */
export function readCondition(written: unknown, standing: Standing, say: Say, path: Path): Condition | undefined {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    say('这里应是一个条件', path)
    return undefined
  }
  const keys = Object.keys(written).filter((key) => shapes.has(key))
  const key = keys[0] as keyof typeof words | undefined
  if (keys.length !== 1 || key === undefined) {
    const found = Object.keys(written).join('、').slice(0, 80)
    say(
      keys.length === 0
        ? `条件里没有可用的判断词(写的是:${found}),可用:${[...shapes.keys()].join('、')}`
        : `一个条件只能有一个判断词,这里有:${keys.join('、')}`,
      path,
    )
    return undefined
  }
  const checked = shapes.get(key)?.safeParse(written)
  if (!checked?.success) {
    for (const issue of checked?.error.issues ?? [])
      say(sentenceOf(issue, written), [...path, ...(issue.path as (string | number)[])])
    return undefined
  }
  const reading: Reading = {
    say: (sentence, inner = []) => say(sentence, [...path, ...inner]),
    findClass: (word) => findRef(standing, 'who', word),
    findRecord: (word) => {
      const record = standing.records.get(word)
      return record && { id: record.id, number: record.number }
    },
    child: (inner, innerPath) => readCondition(inner, standing, say, [...path, ...innerPath]),
  }
  const read = words[key].read as (written: unknown, reading: Reading) => Condition | undefined
  return read(checked.data, reading)
}
