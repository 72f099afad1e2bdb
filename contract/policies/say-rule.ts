import { type PostId, posts } from '#contract/people'
import { secrecyDomains } from '#contract/students'
import { describeCondition } from './describe.ts'
import { showValue } from './fact-values.ts'
import { stepsOf } from './flow-path.ts'
import type {
  DutyPeriod,
  DutyRule,
  GuardReach,
  GuardRule,
  PeriodName,
  RecordKindDefinition,
  Rule,
  StepBefore,
} from './rule.ts'
import { doors } from './rule.ts'
import type { RulesInForce } from './rules-in-force.ts'

/** A whole rule in plain Chinese: what the rule page, the pack tool and the author's form say. */
export function sayRule(rule: Rule, rules: Pick<RulesInForce, 'who' | 'duties' | 'records'>): string {
  const ofClass = (ref: string) => labelOf(rules.who, ref)
  const ofRecord = (id: string) => rules.records.find((kind) => kind.id === id)?.label ?? id
  switch (rule.kind) {
    case 'who':
      return `${rule.proposes ? '由规则提出、由人确认:' : ''}${describeCondition(rule.when, { ofClass, ofRecord })}。`
    case 'duty':
      return `对“${ofClass(rule.for)}”,${sayPeriod(rule.per, rules.records)}${sayNeed(rule, rules)},由${posts[rule.by]}负责${
        rule.fallback.length > 0 ? `;空缺时依次由${sayPosts(rule.fallback, '、')}负责` : ''
      }。`
    case 'record':
      return `记录${rule.fields.map((field) => `${field.label}${field.required ? '(必填)' : ''}`).join('、')};${
        rule.needsReview ? '须审核' : '不须审核'
      }${rule.openToFamily ? ';家人看得到做过、哪天、谁做的' : ''}。`
    case 'count': {
      const base = rule.denominator.kind === 'class' ? `“${ofClass(rule.denominator.class)}”` : '应建中心的单位'
      const done =
        rule.numerator.kind === 'duties'
          ? `完成${rule.numerator.duties.map((ref) => `“${labelOf(rules.duties, ref)}”`).join('和')}的`
          : '中心有场地、主任和成员的'
      return `以${base}为分母,${done}为分子;名单由${sayPosts(rule.namesFor, '、')}打开。`
    }
    case 'flow':
      return `${stepsOf(rule)
        .map(
          (step) =>
            `${step.label}(${sayPosts(step.by, '或')}${step.days ? `,${step.days} 个工作日内` : ''}${step.first
              .map((before) => sayBefore(before, ofClass, rules.records))
              .join('')})`,
        )
        .join(' → ')};结果为${rule.decides.values.map((value) => showValue(rule.decides.fact, value)).join('、')};${
        rule.publicity === 'none' ? '不公示' : '公示'
      }。`
    case 'guard':
      return sayGuard(rule)
  }
}

function sayBefore(before: StepBefore, ofClass: (ref: string) => string, records: RulesInForce['records']): string {
  const record = records.find((kind) => kind.id === before.record)
  const whom = before.for ? `对“${ofClass(before.for)}”` : ''
  const except = before.exceptBy.length > 0 ? `,${sayPosts(before.exceptBy, '、')}写明理由的除外` : ''
  return `,${whom}须先有近 ${before.days} 天内的“${record?.label ?? before.record}”${sayWhere(before.where, record)}${except}`
}

const labelOf = (rules: readonly { ref: string; label: string }[], ref: string) =>
  rules.find((rule) => rule.ref === ref)?.label ?? ref

const sayPosts = (ids: readonly PostId[], between: string) => ids.map((id) => posts[id]).join(between)

const everyPeriod: Readonly<Record<PeriodName, string>> = {
  'school-day': '每个在校日',
  week: '每周',
  'teaching-week': '每个教学周',
  month: '每月',
  term: '每学期',
  vacation: '每个寒暑假',
  'school-year': '每学年',
  'calendar-year': '每年',
}

function sayPeriod(per: DutyPeriod, records: RulesInForce['records']): string {
  const ofRecord = (id: string) => records.find((kind) => kind.id === id)?.label ?? id
  switch (per.kind) {
    case 'every':
      return everyPeriod[per.period]
    case 'standing':
      return '始终'
    case 'once':
      return `${per.by} 前`
    case 'after':
      return `“${ofRecord(per.event)}”${sayWhere(
        per.where,
        records.find((kind) => kind.id === per.event),
      )}后 ${per.hours ? `${per.hours} 小时内` : `${per.workingDays} 个工作日内`}`
  }
}

function sayNeed(rule: DutyRule, rules: Pick<RulesInForce, 'records'>): string {
  const { does } = rule
  if (does.kind === 'appointment') return `有${posts[does.post]}`
  if (does.kind === 'archive') return `档案 ${does.parts.length} 个部分齐全(或核实为无)`
  const record = rules.records.find((kind) => kind.id === does.record)
  return `至少 ${rule.atLeast} 次${record?.label ?? does.record}${sayWhere(does.where, record)}`
}

/** `(方式为入户或视频)`; nothing where any will do. */
function sayWhere(
  where: Readonly<Record<string, readonly number[]>>,
  record: RecordKindDefinition | undefined,
): string {
  const limits = Object.entries(where).map(([id, codes]) => {
    const field = record?.fields.find((candidate) => candidate.id === id)
    return `${field?.label ?? id}为${codes.map((code) => field?.codes?.[code] ?? code).join('或')}`
  })
  return limits.length > 0 ? `(${limits.join(',')})` : ''
}

const reach: Readonly<Record<GuardReach, string>> = {
  'own-students': '自己结对的学生',
  class: '本班',
  school: '本校',
  unit: '本单位及下级',
  none: '无',
}

const guardedLists: Readonly<Record<string, string>> = {
  'key-students': '重点名单',
  'coverage-5': '第五项全覆盖名单',
  'coverage-6': '第六项全覆盖名单',
}

function sayGuard({ guards, label }: GuardRule): string {
  switch (guards.kind) {
    case 'sees':
      return `${posts[guards.post]}看${reach[guards.over]}的:${guards.domains.map((domain) => secrecyDomains[domain].label).join('、')}。`
    case 'opens':
      return `${guards.lists.map((list) => guardedLists[list]).join('、')}只由${sayPosts(guards.posts, '、')}打开。`
    case 'imports':
      return `${label}:只由${sayPosts(guards.posts, '、')}导入。`
    case 'unspoken':
      return `别人看得到的文字里不出现:${guards.words.join('、')}。`
    case 'withholds': {
      const but = guards.but.length > 0 ? `,${sayPosts(guards.but, '、')}除外` : ''
      return `${label}:不经${guards.doors.map((door) => doors[door]).join('、')}出去${but}。`
    }
    case 'suppresses':
      return `对外统计里少于 ${guards.below} 人的数字不列出,能推算出来的也不列。`
  }
}
