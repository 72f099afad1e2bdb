import { cleanHeading, fieldsBySynonym } from './headers.ts'
import { fitOf } from './score-column.ts'

/** Numbers that stand beside results and are none. */
const besideScores =
  /总分|合计|总成绩|考场|考号|座|准考|报名|编号|号码?$|[名位排]次|排名|名$|进退|进步|退步|上升|下降|年龄|岁|学分|人数|率$|均分|平均|次数|天数|差$|标准|赋分|等级|折算|备注/

const subjects = new Set(
  '语文 数学 英语 外语 综合 物理 化学 生物 政治 道德与法治 道法 历史 地理 科学 体育 音乐 美术 信息 信息技术 思政 专业课 文综 理综 写作 听力 品德'.split(
    ' ',
  ),
)

const mostlyScores = 0.8
const byValues = 0.7

/**
 * How surely a column that no field claims holds the results of one subject: 1 the heading is a known subject, less when
 * only its values look like results; 0 when it holds none.
 */
export function subjectScore(heading: string, samples: readonly string[]): number {
  const word = cleanHeading(heading)
  if (fieldsBySynonym.has(word) || besideScores.test(word)) return 0
  if (subjects.has(word)) return 1
  return (fitOf('score', samples) ?? 0) >= mostlyScores ? byValues : 0
}
