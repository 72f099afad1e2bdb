import type { SecrecyDomain } from '#contract/students'

/** How the text of a column is read; each shape is one normaliser. */
export type FieldShape =
  | 'name'
  | 'names'
  | 'id-number'
  | 'disability-number'
  | 'code-number'
  | 'sex'
  | 'date'
  | 'month'
  | 'ethnicity'
  | 'yes-no'
  | 'boarding'
  | 'attendance'
  | 'left-behind'
  | 'phone'
  | 'money'
  | 'stage'
  | 'grade'
  | 'class'
  | 'monitor-kind'
  | 'disability-kind'
  | 'disability-level'
  | 'orphan-kind'
  | 'screening-level'
  | 'absence-reason'
  | 'visit-mode'
  | 'score'
  | 'integer'
  | 'text'

export interface FieldDefinition {
  /** Plain Chinese name on the mapping screen. */
  readonly label: string
  readonly shape: FieldShape
  /** Headings that mean this field, without spaces, asterisks and brackets. The first ones are the usual ones. */
  readonly synonyms: readonly string[]
  /** Secrecy when it is above the list's own. */
  readonly domain?: SecrecyDomain
  /** Longest text in characters, for shape `text`. */
  readonly longest?: number
}

const define = (
  shape: FieldShape,
  label: string,
  synonyms: string,
  more: { domain?: SecrecyDomain; longest?: number } = {},
) => ({ label, shape, synonyms: synonyms.split(' '), ...more }) satisfies FieldDefinition

/** Every meaning a column can have. Which of them a list may have stands in `listKinds`. */
export const fields = {
  name: define(
    'name',
    '姓名',
    '姓名 学生姓名 成员姓名 儿童姓名 名字 姓名全称 学生 学生名字 家庭成员姓名 对象姓名 救助对象姓名 保障对象姓名 残疾人姓名 受助人姓名 幼儿姓名 孩子姓名 子女姓名 本人姓名 人员姓名 教师姓名 教职工姓名 职工姓名',
  ),
  id_number: define(
    'id-number',
    '身份证件号',
    '身份证号 身份证号码 身份证件号 身份证件号码 证件号码 证件号 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 身份证 学生身份证号 学生身份证件号 学生身份证号码 成员身份证号 成员身份证号码 成员证件号码 儿童身份证号 儿童身份证号码 本人身份证号 学生证件号码 身份号码 证件编号 身份证编号 身份证件编号',
  ),
  sex: define('sex', '性别', '性别 学生性别 男女 性别码 性别代码'),
  birth_date: define('date', '出生日期', '出生日期 出生年月日 出生年月 生日 出生时间 学生出生日期'),
  ethnicity: define('ethnicity', '民族', '民族 民族码 民族代码 族别'),
  phone: define('phone', '联系电话', '联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系手机 移动电话 本人电话'),
  student_number: define('code-number', '学号', '学号 学生学号 学生编号 校内学号 学籍辅号 学生号'),
  national_number: define('code-number', '学籍号', '学籍号 全国学籍号 国网学籍号 学籍号码 学生学籍号'),
  school_name: define(
    'text',
    '学校',
    '学校名称 学校 就读学校 所在学校 学校全称 单位名称 单位 所属学校 就读学校名称 学籍学校 任教学校 工作单位 现就读学校 在读学校 幼儿园名称 校名',
    { longest: 60 },
  ),
  school_code: define(
    'code-number',
    '学校标识码',
    '学校标识码 学校机构标识码 机构标识码 学校代码 学校编码 标识码 单位代码',
  ),
  stage: define('stage', '学段', '学段 办学类型 教育阶段 就读学段 学校类别 学段类别'),
  grade: define('grade', '年级', '年级 所在年级 就读年级 年级名称'),
  class_name: define('class', '班级', '班级 班级名称 所在班级 就读班级 班别 班号 行政班 班'),
  entered_on: define('month', '入学年月', '入学年月 入学时间 入学日期 入校时间'),
  township: define(
    'text',
    '户籍乡镇',
    '户籍乡镇 乡镇 乡镇街道 户籍地 所在乡镇 镇街 镇街道 街道 所属乡镇 户籍所在地 户口所在地 户籍 户籍所在乡镇 家庭所在乡镇 户籍地址 户籍镇街 县乡镇 乡镇名称 所在镇街',
    { longest: 180 },
  ),
  village: define('text', '行政村', '行政村 村 村居 村社区 社区 所在村 村委会 居委会 村名 行政村居委会', {
    longest: 60,
  }),
  address: define(
    'text',
    '家庭住址',
    '家庭住址 现住址 家庭地址 住址 通信地址 居住地址 详细地址 现居住地 居住地 地址 家庭详细地址',
    {
      longest: 180,
      domain: 'family',
    },
  ),
  household_head: define('name', '户主姓名', '户主姓名 户主 户主名 家庭户主 户主名字 申请人 申请人姓名 户代表'),
  household_head_id: define(
    'id-number',
    '户主身份证号',
    '户主身份证号 户主证件号码 户主身份证号码 户主身份证 户主公民身份号码 申请人身份证号 申请人身份证号码',
  ),
  relation_to_head: define('text', '与户主关系', '与户主关系 与户主的关系 关系 家庭关系 与申请人关系', { longest: 30 }),
  boarding: define(
    'boarding',
    '是否寄宿',
    '是否寄宿 寄宿 是否住校 住校 寄宿生 是否寄宿生 住宿 是否住宿 住宿情况 是否住校生 寄宿情况',
  ),
  attendance: define('attendance', '就读方式', '就读方式 走读住校 走读或住校'),
  guardian1_name: define(
    'name',
    '监护人1姓名',
    '监护人1姓名 监护人姓名 监护人 家长1姓名 家长姓名 第一监护人 第一监护人姓名 监护人一姓名 家庭成员1姓名 家庭成员一姓名 成员1姓名 父亲姓名 家长 监护人1 父亲 实际监护人',
  ),
  guardian1_phone: define(
    'phone',
    '监护人1电话',
    '监护人1电话 监护人电话 监护人联系电话 家长电话 家长联系电话 第一监护人电话 监护人手机 监护人1手机 监护人1联系电话 家长手机号 监护人手机号 成员1电话 家庭成员1电话 父亲电话 监护人一电话 家庭联系电话 监护人联系方式 家长联系方式 父亲联系电话',
  ),
  guardian1_relation: define(
    'text',
    '监护人1关系',
    '监护人1关系 与学生关系 监护人关系 与儿童关系 与监护人关系 监护人与儿童关系 监护人与学生关系 成员1关系 家庭成员1关系 与被监护人关系',
    {
      longest: 30,
    },
  ),
  guardian2_name: define(
    'name',
    '监护人2姓名',
    '监护人2姓名 家长2姓名 第二监护人 第二监护人姓名 监护人二姓名 家庭成员2姓名 家庭成员二姓名 成员2姓名 母亲姓名 监护人2 母亲',
  ),
  guardian2_phone: define(
    'phone',
    '监护人2电话',
    '监护人2电话 家长2电话 第二监护人电话 监护人2手机 成员2电话 家庭成员2电话 母亲电话 监护人二电话 母亲联系电话',
  ),
  left_behind: define(
    'left-behind',
    '留守情况',
    '留守情况 留守儿童 是否留守 是否留守儿童 留守 留守类型 是否为留守儿童 留守状况',
    { domain: 'family' },
  ),
  migrant_child: define(
    'yes-no',
    '随迁子女',
    '随迁子女 是否随迁子女 随迁 是否随迁 是否进城务工人员随迁子女 进城务工人员随迁子女 是否为随迁子女',
    { domain: 'family' },
  ),
  single_parent: define('yes-no', '单亲家庭', '单亲家庭 是否单亲 是否单亲家庭 单亲', { domain: 'family' }),
  per_capita_income: define(
    'money',
    '家庭人均年收入',
    '家庭人均年收入 人均年收入 家庭人均收入 人均收入 年人均收入 人均纯收入',
    { domain: 'family' },
  ),
  household_size: define('integer', '家庭人口', '家庭人口 家庭人口数 家庭成员数 人口数 家庭人数 保障人数 保障人口', {
    domain: 'family',
  }),
  inclusive_class: define('yes-no', '随班就读', '随班就读 是否随班就读', { domain: 'schooling' }),
  note: define('text', '备注', '备注 说明 备注说明 其他说明', { longest: 500 }),

  allowance_kind: define(
    'text',
    '救助类别',
    '类别 低保类别 救助类别 保障类别 对象类别 低保类型 供养类别 供养方式 享受类别 保障类型 类型 身份类别 困境类型 优抚类别 低保种类',
    {
      longest: 60,
    },
  ),
  monthly_amount: define(
    'money',
    '月保障金',
    '月保障金 保障金 月保障金额 低保金 月低保金 补助金额 月补助金额 补差金额 月生活费 生活费 基本生活费 月发放金额 发放金额 保障金额 供养金 月供养金 月救助金额',
    {
      domain: 'groups',
    },
  ),
  approved_on: define(
    'date',
    '批准日期',
    '批准日期 审批日期 审批时间 批准时间 起始日期 开始日期 享受时间 保障开始时间 认定时间 认定日期 纳入时间 纳入日期 识别时间',
  ),

  disability_number: define(
    'disability-number',
    '残疾证号',
    '残疾证号 残疾人证号 残疾证号码 残疾人证号码 残疾证编号 残疾人证编号 残疾证 证号',
  ),
  disability_kind: define('disability-kind', '残疾类别', '残疾类别 残疾类型 残疾种类'),
  disability_level: define('disability-level', '残疾等级', '残疾等级 残疾级别 等级'),

  monitor_kind: define(
    'monitor-kind',
    '监测类别',
    '属性 户属性 户类型 监测类别 监测对象类别 监测对象类型 农户类型 家庭类别 类别 户类别 人员类别 监测类型 贫困户属性 对象类别',
  ),
  risk_cleared: define(
    'yes-no',
    '风险是否消除',
    '风险是否消除 是否消除风险 风险消除 风险是否已消除 是否已消除风险 监测对象风险是否消除 风险消除情况',
  ),

  orphan_kind: define('orphan-kind', '儿童类别', '类别 儿童类别 孤儿类别 类型 儿童类型 对象类别 身份类别 孤儿类型'),

  staff_number: define('code-number', '工号', '工号 教师编号 职工号 教工号 教职工号 人员编号'),
  subject: define('text', '任教学科', '任教学科 学科 任课学科 教学科目 所教学科 科目', { longest: 60 }),
  specialty: define('text', '特长', '特长 专长 可帮扶方向 帮扶方向 帮扶特长', { longest: 120 }),
  post: define('text', '岗位', '岗位 职务 岗位职务 担任职务 职务岗位 行政职务 身份', { longest: 60 }),
  class_in_charge: define(
    'class',
    '任班主任的班级',
    '任班主任的班级 班主任班级 所带班级 任班主任班级 担任班主任班级 班主任',
  ),

  screening_level: define(
    'screening-level',
    '预警等级',
    '预警等级 心理预警等级 等级 预警级别 测评等级 测评结果 结果等级 筛查等级 风险等级 预警 筛查结果 普测结果 心理等级',
  ),
  screened_on: define('date', '测评日期', '测评日期 测评时间 测试日期 筛查日期 普测日期 测试时间 筛查时间 普测时间'),

  total_score: define('score', '总分', '总分 合计 总成绩 总计 成绩合计 总得分'),
  class_rank: define('integer', '班级名次', '班级名次 班名次 班级排名 班排名 班内名次 名次 排名 班次'),
  grade_rank: define('integer', '年级名次', '年级名次 年级排名 校名次 级名次 年级位次'),

  absence_reason: define(
    'absence-reason',
    '未报到原因',
    '未报到原因 原因 未到校原因 未按时报到原因 未返校原因 辍学原因 缺勤原因 未入学原因',
  ),
  last_contact_on: define(
    'date',
    '最后联系时间',
    '最后联系时间 最近联系时间 最后联系日期 联系时间 联系日期 最近联系日期',
  ),
  contact_state: define('text', '联系情况', '联系情况 联系结果 跟进情况 劝返情况 劝返措施', { longest: 200 }),

  visited_on: define(
    'date',
    '家访时间',
    '家访时间 家访日期 走访时间 走访日期 访问日期 访问时间 入户时间 入户日期 时间 日期',
  ),
  visit_mode: define('visit-mode', '家访方式', '方式 家访方式 走访方式 访问方式 家访形式 形式 走访形式'),
  visitors: define(
    'names',
    '家访教师',
    '家访教师 家访老师 走访教师 走访人员 家访人员 走访人 家访人 家访教师姓名 访问人 教师',
  ),
  family_situation: define('text', '家庭主要情况', '家庭主要情况 家庭情况 家庭基本情况 家庭现状', {
    longest: 2000,
    domain: 'family',
  }),
  difficulties: define(
    'text',
    '困难和问题',
    '存在的困难和问题 困难和问题 存在问题 主要困难 存在困难 存在的问题 存在的困难 主要问题',
    { longest: 2000, domain: 'family' },
  ),
  parent_opinion: define('text', '家长意见', '家长意见 家长建议 家长意见建议 家长意见和建议 家长诉求 家长反馈', {
    longest: 2000,
    domain: 'family',
  }),
  measures: define(
    'text',
    '拟采取的措施',
    '拟采取的措施 措施 帮扶措施 拟采取措施 下一步措施 处理措施 解决措施 教育对策',
    { longest: 2000 },
  ),
} as const satisfies Record<string, FieldDefinition>

export type FieldId = keyof typeof fields

/** The definition of a field, under its widest type. */
export const fieldOf = (id: FieldId): FieldDefinition => fields[id]

export const isFieldId = (text: string): text is FieldId => Object.hasOwn(fields, text)
