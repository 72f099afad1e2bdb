import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { literal } from './fact-expression.ts'

/** EXISTS lets the planner choose: the index for one student, one hashed pass for a million. */
export const doneWithinToSql: ToSql<ConditionOf<'done_within'>> = ({ number, days }, context) =>
  'exists (select from record_subjects r where r.school_id = s.school_id and r.student_id = s.id' +
  ` and r.kind = ${literal(number)} and r.current` +
  ` and r.act_date > ${context.date} - ${literal(days)} and r.act_date <= ${context.date})`
