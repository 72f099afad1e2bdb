/**
 * The fact dictionary: every fact about a student that a rule may read, an import may bring or a screen may show.
 * One row per fact. `domain` decides in which wide table the fact stands (`facts_<domain>`) and who may see it.
 * A yes-no fact is boolean, a coded one smallint, an integer and money (fen) bigint-safe integers, a date a plain date.
 * Unknown is not false: an absent value means nobody has asked or answered.
 */

/** Secrecy domains, smallint codes as stored. Levels follow the handbook's field levels (L2 internal … L4 most sensitive). */
export const secrecyDomains = {
  general: { code: 1, label: '基本', level: 2 },
  family: { code: 2, label: '家庭与经济', level: 3 },
  groups: { code: 3, label: '特殊群体', level: 4 },
  health: { code: 4, label: '健康与残疾', level: 4 },
  psychology: { code: 5, label: '心理', level: 4 },
  protection: { code: 6, label: '重点关爱与监护', level: 4 },
  schooling: { code: 7, label: '学业与在校', level: 3 },
} as const

export type SecrecyDomain = keyof typeof secrecyDomains
export type SecrecyCode = (typeof secrecyDomains)[SecrecyDomain]['code']

export type FactType = 'yes-no' | 'code' | 'integer' | 'money' | 'date'

export interface FactDefinition {
  /** Plain Chinese name, as offices say it. */
  readonly label: string
  readonly type: FactType
  readonly domain: SecrecyDomain
  /** For coded facts: stored smallint → Chinese label, in order of display. */
  readonly codes?: Readonly<Record<number, string>>
  /** Unit of an integer, for display. */
  readonly unit?: string
  /** Where the codes or the meaning come from (standard, law, document) when that is certain. */
  readonly standard?: string
}

const fact = <const D extends FactDefinition>(definition: D): D => definition

export const facts = {
  boarding: fact({ label: '寄宿', type: 'yes-no', domain: 'general' }),
  ethnicity: fact({ label: '少数民族', type: 'yes-no', domain: 'general', standard: 'GB/T 3304' }),
  inclusive_class: fact({ label: '随班就读', type: 'yes-no', domain: 'schooling' }),

  hardship_level: fact({
    label: '家庭经济困难等级',
    type: 'code',
    domain: 'family',
    codes: { 1: '特别困难', 21: '困难', 22: '一般困难', 3: '未认定' },
    standard: 'JY/T 1001 KNCD',
  }),
  per_capita_income: fact({ label: '家庭人均年收入', type: 'money', domain: 'family' }),
  left_behind: fact({
    label: '留守情况',
    type: 'code',
    domain: 'family',
    codes: { 0: '非留守', 1: '单亲留守', 2: '双亲留守' },
    standard: '全国中小学学籍系统',
  }),
  migrant_child: fact({ label: '随迁子女', type: 'yes-no', domain: 'family' }),
  single_parent: fact({ label: '单亲家庭', type: 'yes-no', domain: 'family' }),
  sudden_hardship: fact({ label: '突发严重困难', type: 'yes-no', domain: 'family' }),
  high_expectation: fact({ label: '期望高、学习压力大', type: 'yes-no', domain: 'family' }),
  remote_home: fact({ label: '家在偏远地区', type: 'yes-no', domain: 'family' }),
  household_size: fact({ label: '家庭人口', type: 'integer', domain: 'family', unit: '人' }),

  dibao: fact({ label: '低保', type: 'yes-no', domain: 'groups' }),
  dibao_marginal: fact({ label: '低保边缘', type: 'yes-no', domain: 'groups' }),
  destitute: fact({ label: '特困供养', type: 'yes-no', domain: 'groups' }),
  poverty_monitor: fact({
    label: '防止返贫监测',
    type: 'code',
    domain: 'groups',
    codes: { 0: '否', 1: '脱贫户', 2: '脱贫不稳定户', 3: '边缘易致贫户', 4: '突发严重困难户' },
  }),
  monitor_risk_cleared: fact({ label: '监测风险已消除', type: 'yes-no', domain: 'groups' }),
  orphan: fact({ label: '孤儿', type: 'yes-no', domain: 'groups' }),
  de_facto_unattended: fact({ label: '事实无人抚养', type: 'yes-no', domain: 'groups' }),
  child_in_difficulty: fact({ label: '困境儿童', type: 'yes-no', domain: 'groups' }),
  expenditure_hardship: fact({ label: '支出型困难家庭', type: 'yes-no', domain: 'groups' }),
  other_low_income: fact({ label: '其他低收入家庭', type: 'yes-no', domain: 'groups' }),
  disabled_parent: fact({ label: '残疾人子女', type: 'yes-no', domain: 'groups' }),
  martyr_child: fact({ label: '烈士或优抚对象子女', type: 'yes-no', domain: 'groups' }),
  fallen_servant_child: fact({ label: '因公牺牲人员子女', type: 'yes-no', domain: 'groups' }),
  hardship_worker_child: fact({ label: '特困职工子女', type: 'yes-no', domain: 'groups' }),

  disability_kind: fact({
    label: '残疾类别',
    type: 'code',
    domain: 'health',
    codes: { 0: '无', 1: '视力', 2: '听力', 3: '言语', 4: '肢体', 5: '智力', 6: '精神', 7: '多重' },
    standard: 'GB/T 26341',
  }),
  disability_level: fact({
    label: '残疾等级',
    type: 'code',
    domain: 'health',
    codes: { 1: '一级', 2: '二级', 3: '三级', 4: '四级' },
  }),
  chronic_illness: fact({ label: '先天疾病或体质特殊', type: 'yes-no', domain: 'health' }),

  screening_level: fact({
    label: '心理普测等级',
    type: 'code',
    domain: 'psychology',
    codes: { 0: '正常', 1: '蓝', 2: '黄', 3: '橙', 4: '红' },
  }),
  screened_on: fact({ label: '心理普测日期', type: 'date', domain: 'psychology' }),

  guardianship_lacking: fact({ label: '监护缺失或不当', type: 'yes-no', domain: 'protection' }),
  harmed: fact({ label: '受侵害', type: 'yes-no', domain: 'protection' }),
  family_education_lacking: fact({ label: '家庭教育缺失', type: 'yes-no', domain: 'protection' }),
  conduct_deviation: fact({ label: '品行偏差', type: 'yes-no', domain: 'protection' }),
  key_student: fact({ label: '重点帮扶对象', type: 'yes-no', domain: 'protection' }),

  graduating: fact({ label: '本学年毕业', type: 'yes-no', domain: 'schooling' }),
  schooling_at_risk: fact({ label: '有辍学、失学或肄业危机', type: 'yes-no', domain: 'schooling' }),
  enrolment_difficulty: fact({ label: '入学困难', type: 'yes-no', domain: 'schooling' }),
  literacy_lacking: fact({ label: '综合素养待提升', type: 'yes-no', domain: 'schooling' }),
  special_placement: fact({
    label: '特殊教育安置方式',
    type: 'code',
    domain: 'schooling',
    codes: { 0: '尚未安置', 1: '普通学校随班就读', 2: '特殊教育学校', 3: '送教上门' },
  }),
  exam_total: fact({ label: '最近一次考试总分', type: 'integer', domain: 'schooling', unit: '分' }),
  exam_class_percent: fact({ label: '最近一次考试班内位次百分比', type: 'integer', domain: 'schooling', unit: '%' }),
  exam_failed: fact({ label: '最近一次考试不及格科数', type: 'integer', domain: 'schooling', unit: '科' }),
  not_registered: fact({ label: '本学期未按时报到', type: 'yes-no', domain: 'schooling' }),
  absence_reason: fact({
    label: '未报到原因',
    type: 'code',
    domain: 'schooling',
    codes: {
      1: '疾病',
      2: '残疾',
      3: '厌学',
      4: '贫困',
      5: '务工',
      6: '早婚早育',
      7: '随迁失联',
      8: '休学',
      9: '其他',
      10: '原因不明',
      11: '随父母外出未办转学',
    },
  }),
  job_difficulty: fact({ label: '就业困难', type: 'yes-no', domain: 'schooling' }),
} as const satisfies Record<string, FactDefinition>

export type FactId = keyof typeof facts

/** Facts that stand on the student's own row or school, readable by rules, never imported as facts. */
export const rosterFacts = {
  stage: {
    label: '学段',
    type: 'code',
    codes: {
      1: '学前',
      2: '小学',
      3: '初中',
      4: '高中',
      5: '中职',
      6: '五年制高职',
      7: '特殊教育',
      8: '本专科',
      9: '研究生',
    },
  },
  grade: { label: '年级', type: 'integer', unit: '年级' },
  age: { label: '年龄', type: 'integer', unit: '周岁' },
  sex: { label: '性别', type: 'code', codes: { 1: '男', 2: '女' }, standard: 'GB/T 2261.1' },
  entered_on: { label: '入学日期', type: 'date' },
  urban: { label: '学校城乡', type: 'code', codes: { 1: '城区', 2: '镇区', 3: '乡村' } },
} as const

export type RosterFactId = keyof typeof rosterFacts
