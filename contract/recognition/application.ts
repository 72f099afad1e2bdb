import type { RecordField } from '#contract/policies'
import { levelLabels } from './flows.ts'

type Written = Pick<RecordField, 'id' | 'label' | 'type'> & Partial<RecordField>

const most = { text: 300, code: 1, 'multi-code': 30, date: 1, integer: 99, money: 100_000_000_00, 'yes-no': 1 } as const

const field = (group: string, written: Written): RecordField => ({
  required: false,
  max: most[written.type],
  encrypted: true,
  group,
  ...written,
})

const page = (group: string, ...fields: readonly Written[]): RecordField[] => fields.map((one) => field(group, one))

/** GB/T 4761, as far as families use it. */
const relationCodes = {
  51: '父亲',
  52: '母亲',
  57: '继父或养父',
  58: '继母或养母',
  61: '祖父',
  62: '祖母',
  63: '外祖父',
  64: '外祖母',
  70: '兄弟姐妹',
  97: '其他亲属',
}

/** Kinds of special groups by platform code; the school checks them against the lists of the departments. */
const groupCodes = {
  1: '原建档立卡户',
  2: '脱贫户',
  3: '脱贫不稳定户',
  4: '边缘易致贫户',
  5: '突发严重困难户',
  6: '城乡低保家庭',
  7: '特困救助供养',
  8: '孤儿',
  9: '本人残疾',
  10: '事实无人抚养儿童',
  11: '低保边缘家庭',
  12: '支出型困难家庭',
  13: '其他低收入家庭',
  21: '残疾人子女',
  22: '烈士或优抚对象子女',
  23: '因公牺牲人员子女',
  24: '特困职工家庭子女',
  25: '困境儿童',
  26: '农村留守儿童',
}

/** Rows of the family table on the form. */
export const mostMembers = 5

const memberFields = Array.from({ length: mostMembers }, (_, index) => {
  const at = `member${index + 1}`
  return page(
    `家庭成员(${index + 1})`,
    { id: `${at}_name`, label: '姓名', type: 'text', max: 36, required: index === 0 },
    { id: `${at}_relation`, label: '与学生关系', type: 'code', codes: relationCodes },
    { id: `${at}_age`, label: '年龄', type: 'integer', max: 120 },
    { id: `${at}_employer`, label: '工作(学习)单位', type: 'text', max: 60 },
    { id: `${at}_occupation`, label: '职业', type: 'text', max: 30 },
    { id: `${at}_income`, label: '年收入(元)', type: 'money', hint: '工资、经营、农副业等合计' },
    {
      id: `${at}_health`,
      label: '健康状况',
      type: 'code',
      codes: { 1: '健康', 2: '小病或轻度残疾', 3: '大病或重度残疾' },
    },
  )
}).flat()

/**
 * The form of the application: fields common to the provinces' forms; pages by group. What the school has on its roster is
 * not asked again but of those admitted before they have a number. [C8 C26]
 */
export const applicationForm: readonly RecordField[] = [
  ...page(
    '基本情况',
    { id: 'full_name', label: '学生姓名', type: 'text', max: 36, required: true },
    {
      id: 'household_size',
      label: '家庭人口',
      type: 'integer',
      max: 20,
      required: true,
      hint: '父母、本人和未婚的兄弟姐妹',
    },
    { id: 'guardian_mobile', label: '家长手机', type: 'text', max: 20, required: true },
    { id: 'home_address', label: '家庭住址', type: 'text', max: 120, required: true },
    { id: 'postcode', label: '邮编', type: 'text', max: 6 },
    { id: 'native_place', label: '籍贯', type: 'text', max: 60 },
    { id: 'birth_year_month', label: '出生年月', type: 'text', max: 6, hint: '如 201503;学校已有的不用填' },
    { id: 'id_number', label: '身份证号', type: 'text', max: 18, hint: '学校已有的不用填' },
  ),
  ...memberFields,
  ...page('特殊群体类型', {
    id: 'special_groups',
    label: '属于下面哪些情况(没有就不选)',
    type: 'multi-code',
    codes: groupCodes,
    max: 19,
  }),
  ...page(
    '影响家庭经济的情况',
    { id: 'per_capita_income', label: '家庭人均年收入(元)', type: 'money', required: true },
    {
      id: 'home_region',
      label: '户籍地区',
      type: 'code',
      codes: { 1: '苏北或西部', 2: '苏中或中部', 3: '苏南或东部', 4: '集中连片地区' },
    },
    { id: 'home_urban', label: '户籍在', type: 'code', codes: { 1: '县城或农村', 2: '地级市市区' } },
    {
      id: 'own_health',
      label: '学生健康状况',
      type: 'code',
      codes: { 1: '良好', 2: '一般', 3: '身体残疾', 4: '严重疾病' },
    },
    {
      id: 'parents',
      label: '父母情况',
      type: 'code',
      codes: { 1: '父母都在', 2: '一方去世', 3: '离异,由一方抚养', 4: '都已去世' },
    },
    { id: 'disaster_desc', label: '自然灾害情况', type: 'text' },
    { id: 'accident_desc', label: '突发意外情况', type: 'text' },
    { id: 'weak_labor_desc', label: '因残疾或年迈劳动能力弱的情况', type: 'text' },
    { id: 'unemployment_desc', label: '家庭成员失业情况', type: 'text' },
    { id: 'debt_desc', label: '家庭欠债情况', type: 'text' },
    { id: 'other_desc', label: '其他情况', type: 'text' },
  ),
  ...page('承诺', {
    id: 'promise',
    label: '我承诺所填内容真实,如有虚假愿意承担责任',
    type: 'yes-no',
    required: true,
  }),
]

/** Code of "no level": the panel or the school finds that the request is not to be granted. JY/T 1001 KNCD. */
export const notRecognised = 3

/** What a panel votes for. */
export const panelChoices = { ...levelLabels, [notRecognised]: '不认定' } as const
