import type { GuardExample, GuardRule } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import type { Written } from './shapes/index.ts'
import type { Say, Standing } from './standing.ts'

/** Reads a guard. */
export function readGuard(written: Written<'guard'>, line: number, standing: Standing, say: Say): GuardRule {
  return {
    ...readBase(written, line, standing, say),
    kind: 'guard',
    guards: readGuards(written.guards),
    examples: readExamples(
      written.examples,
      ({ post, domain, list, text, door, count }): GuardExample => ({
        ...(post && { post }),
        ...(domain && { domain }),
        ...(list && { list }),
        ...(text !== undefined && { text }),
        ...(door && { door }),
        ...(count !== undefined && { count }),
      }),
    ),
  }
}

function readGuards(written: Written<'guard'>['guards']): GuardRule['guards'] {
  if ('sees' in written) return { kind: 'sees', post: written.post, domains: written.sees, over: written.over }
  if ('opens' in written) return { kind: 'opens', lists: written.opens, posts: written.posts }
  if ('imports' in written) return { kind: 'imports', lists: written.imports, posts: written.posts }
  if ('withholds' in written)
    return { kind: 'withholds', lists: written.withholds, doors: written.at, but: written.but ?? [] }
  if ('suppresses' in written) return { kind: 'suppresses', below: written.suppresses }
  return { kind: 'unspoken', words: written.unspoken }
}
