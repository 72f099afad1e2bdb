import type { FactId, SecrecyDomain } from '#contract/students'
import type { FieldId } from './fields.ts'

/**
 * Kinds of list a county sends, and what each says about those who are not on it.
 * `all-residents`: the issuer lists everyone entitled, so absence means no. `screened`, `enrolled`: only those asked
 * or enrolled are spoken of, so absence means not asked.
 */
export type Population = 'all-residents' | 'screened' | 'enrolled'

export interface ListKind {
  readonly label: string
  /** Who usually issues it. */
  readonly issuer: string
  readonly fields: readonly FieldId[]
  /** A row without one of these says nothing and is refused. An inner list means any one of them. */
  readonly required: readonly (FieldId | readonly FieldId[])[]
  /** Where the list has a column for one of these, a row that does not fill it readably is refused: nothing is assumed instead. */
  readonly requiredIfAsked?: readonly FieldId[]
  /** Fields whose blank cell is worth a report though the row is kept. */
  readonly expected: readonly FieldId[]
  /** Each key alone tells one person from another within the list, strongest first. */
  readonly keys: readonly FieldId[]
  /** One row for one person, or several over time. */
  readonly perPerson: 'one' | 'many'
  readonly population: Population
  /** Whether a new list ends what the last one said, or is put beside it. */
  readonly mode: 'replaces' | 'adds'
  readonly domain: SecrecyDomain
  /** Facts about a student that the list brings. */
  readonly facts: readonly FactId[]
  /** Words in a title or file name that speak for this kind. */
  readonly words: readonly string[]
  /** Columns that speak for this kind. */
  readonly signature: readonly FieldId[]
  /** Rows are matched against students rather than being students or staff themselves. */
  readonly matched: boolean
  /** Other columns hold one score each. */
  readonly scores?: true
}

const person = ['name', 'id_number', 'sex', 'birth_date', 'ethnicity', 'phone', 'note'] as const
const atSchool = [
  'school_name',
  'school_code',
  'stage',
  'grade',
  'class_name',
  'student_number',
  'national_number',
] as const
const home = ['township', 'village', 'address', 'household_head', 'household_head_id', 'relation_to_head'] as const
const guardian = ['guardian1_name', 'guardian1_relation', 'guardian1_phone'] as const
const schoolKeys = ['student_number', 'national_number', 'id_number'] as const

const department = (
  label: string,
  issuer: string,
  facts: readonly FactId[],
  words: string,
  own: Partial<ListKind> = {},
): ListKind => ({
  label,
  issuer,
  required: ['name'],
  expected: ['id_number'],
  keys: ['id_number'],
  perPerson: 'one',
  population: 'all-residents',
  mode: 'replaces',
  domain: 'groups',
  matched: true,
  facts,
  words: words.split(' '),
  signature: ['household_head', 'allowance_kind', 'monthly_amount'],
  ...own,
  fields: [
    ...person,
    ...atSchool,
    ...home,
    ...guardian,
    ...(own.fields ?? ['allowance_kind', 'monthly_amount', 'approved_on']),
  ],
})

export const listKinds = {
  roster: {
    label: '学生基本信息表',
    issuer: '学校',
    fields: [
      ...person,
      ...atSchool,
      ...home,
      ...guardian,
      'entered_on',
      'boarding',
      'attendance',
      'guardian2_name',
      'guardian2_phone',
      'left_behind',
      'migrant_child',
      'single_parent',
      'per_capita_income',
      'household_size',
      'inclusive_class',
    ],
    required: ['name', ['school_name', 'school_code']],
    expected: ['id_number'],
    keys: schoolKeys,
    perPerson: 'one',
    population: 'enrolled',
    mode: 'replaces',
    domain: 'general',
    facts: [
      'boarding',
      'ethnicity',
      'left_behind',
      'migrant_child',
      'single_parent',
      'per_capita_income',
      'household_size',
      'inclusive_class',
    ],
    words: [
      '学生基本信息',
      '学生信息',
      '学生花名册',
      '学生名册',
      '学籍',
      '在校生',
      '学生基础信息',
      '在籍学生',
      '学生登记',
      '幼儿花名册',
    ],
    signature: [
      'student_number',
      'national_number',
      'left_behind',
      'migrant_child',
      'boarding',
      'attendance',
      'guardian2_name',
      'school_code',
    ],
    matched: false,
  },
  staff: {
    label: '教职工信息表',
    issuer: '学校',
    fields: [
      ...person,
      'school_name',
      'school_code',
      'township',
      'staff_number',
      'subject',
      'specialty',
      'post',
      'class_in_charge',
    ],
    required: ['name', ['school_name', 'school_code']],
    expected: [],
    keys: ['staff_number', 'id_number'],
    perPerson: 'one',
    population: 'enrolled',
    mode: 'replaces',
    domain: 'general',
    facts: [],
    words: ['教职工', '教师信息', '教师花名册', '教师名册', '教师基本信息', '职工名单', '教师名单'],
    signature: ['staff_number', 'subject', 'post', 'class_in_charge', 'specialty'],
    matched: false,
  },
  dibao: department('低保对象名单', '民政局', ['dibao'], '低保 最低生活保障'),
  'dibao-marginal': department('低保边缘家庭名单', '民政局', ['dibao_marginal'], '低保边缘 边缘家庭'),
  destitute: department('特困供养人员名单', '民政局', ['destitute'], '特困供养 特困人员 特困救助'),
  'children-in-difficulty': department('困境儿童名单', '民政局', ['child_in_difficulty'], '困境儿童'),
  martyrs: department('烈士子女和优抚对象名单', '退役军人事务局', ['martyr_child'], '烈士 优抚 抚恤'),
  disability: department('持证残疾人名单', '残联', ['disability_kind', 'disability_level'], '残疾 残联', {
    domain: 'health',
    fields: ['disability_number', 'disability_kind', 'disability_level', 'disability_kind_level', 'approved_on'],
    expected: [],
    signature: ['disability_number', 'disability_kind', 'disability_level', 'disability_kind_level'],
  }),
  'poverty-monitor': department(
    '防止返贫监测对象名单',
    '乡村振兴局',
    ['poverty_monitor', 'monitor_risk_cleared'],
    '返贫 监测对象 乡村振兴 脱贫',
    {
      fields: ['monitor_kind', 'risk_cleared', 'approved_on'],
      signature: ['monitor_kind', 'risk_cleared', 'household_head', 'village'],
    },
  ),
  orphans: department('孤儿和事实无人抚养儿童名单', '民政局', ['orphan', 'de_facto_unattended'], '孤儿 事实无人抚养', {
    fields: ['orphan_kind', 'monthly_amount', 'approved_on'],
    signature: ['orphan_kind', 'guardian1_relation', 'monthly_amount'],
  }),
  'psychological-screening': {
    label: '心理普测结果',
    issuer: '学校',
    fields: [...person, ...atSchool, 'screening_level', 'screened_on'],
    required: ['name', 'screening_level'],
    expected: [],
    keys: schoolKeys,
    perPerson: 'many',
    population: 'screened',
    mode: 'adds',
    domain: 'psychology',
    facts: ['screening_level', 'screened_on'],
    words: ['心理', '普测', '筛查', '测评'],
    signature: ['screening_level', 'screened_on'],
    matched: true,
  },
  'exam-results': {
    label: '考试成绩',
    issuer: '学校',
    fields: [...person, ...atSchool, 'total_score', 'class_rank', 'grade_rank'],
    required: ['name'],
    expected: [],
    keys: schoolKeys,
    perPerson: 'one',
    population: 'enrolled',
    mode: 'adds',
    domain: 'schooling',
    facts: ['exam_total', 'exam_class_percent', 'exam_failed'],
    words: ['成绩', '期中', '期末', '考试', '分数'],
    signature: ['total_score', 'class_rank', 'grade_rank'],
    matched: true,
    scores: true,
  },
  'registration-absences': {
    label: '未按时报到名单',
    issuer: '学校',
    fields: [...person, ...atSchool, ...guardian, 'absence_reason', 'last_contact_on', 'contact_state'],
    required: ['name'],
    expected: [],
    keys: schoolKeys,
    perPerson: 'one',
    population: 'enrolled',
    mode: 'replaces',
    domain: 'schooling',
    facts: ['not_registered', 'absence_reason'],
    words: ['未按时报到', '未报到', '未返校', '未到校', '未入学', '未入园', '疑似辍学', '控辍保学'],
    signature: ['absence_reason', 'last_contact_on', 'contact_state'],
    matched: true,
  },
  'home-visits': {
    label: '家访登记汇总表',
    issuer: '学校',
    fields: [
      ...person,
      ...atSchool,
      ...guardian,
      'visited_on',
      'visit_mode',
      'visitors',
      'family_situation',
      'difficulties',
      'parent_opinion',
      'measures',
    ],
    required: ['name', 'visited_on'],
    requiredIfAsked: ['visit_mode'],
    expected: [],
    keys: schoolKeys,
    perPerson: 'many',
    population: 'enrolled',
    mode: 'adds',
    domain: 'family',
    facts: [],
    words: ['家访', '走访', '大走访'],
    signature: ['visited_on', 'visit_mode', 'visitors', 'family_situation', 'parent_opinion', 'measures'],
    matched: true,
  },
} as const satisfies Record<string, ListKind>

export type ListKindId = keyof typeof listKinds
export const listKindIds = Object.keys(listKinds) as ListKindId[]

/** The definition of a kind of list, under its widest type. */
export const kindOf = (id: ListKindId): ListKind => listKinds[id]

export const isListKindId = (text: string): text is ListKindId => Object.hasOwn(listKinds, text)
