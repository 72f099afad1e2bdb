import { fault, found, type Normalised } from './result.ts'
import { folded, trimmed } from './text.ts'

/** Coded cells: what offices write (words, digits, letters, ticks) and the code that is meant. */

function table<T>(meanings: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const [value, words] of meanings) for (const word of words.split(' ')) map.set(word.toUpperCase(), value)
  return map
}

function lookUp<T>(words: ReadonlyMap<string, T>, text: string, what: string, allowed: string): Normalised<T> {
  const key = folded(text)
  if (key === '') return undefined
  const direct = words.get(key)
  if (direct !== undefined) return found(direct)
  // "1男" and "02-回族" carry code and word together
  const tail = words.get(key.replace(/^\d{1,2}[-.、:]?/, ''))
  if (tail !== undefined) return found(tail)
  return fault('code.unknown', `${what}“${trimmed(text)}”不认识，应为${allowed}`)
}

const sexes = table<1 | 2>([
  [1, '男 男性 男生 1 01 M MALE'],
  [2, '女 女性 女生 2 02 F FEMALE'],
])
/** Sex as GB/T 2261.1 codes it: 1 male, 2 female. */
export const readSex = (text: string): Normalised<1 | 2> => lookUp(sexes, text, '性别', '男或女')

const yesNo = table<boolean>([
  [true, '是 有 1 Y YES TRUE T √ ✓ ✔ ☑ 对 已 符合 属于 ■ 已消除 消除 稳定消除 自然消除 风险已消除 风险消除 已稳定消除'],
  [false, '否 无 0 2 N NO FALSE F × X ✗ ✘ 不是 没有 未 不符合 不属于 □ 非 未消除 风险未消除'],
])
export const readYesNo = (text: string): Normalised<boolean> => lookUp(yesNo, text, '内容', '是或否')

const boarding = table<boolean>([
  [true, '住校 住校生 寄宿 住宿 住宿生 寄宿生 内宿 内宿生 是 有 1 Y YES TRUE √ ✓ ✔'],
  [false, '走读 通学 不住校 不寄宿 走读生 通学生 否 无 0 N NO FALSE ×'],
])
const attendance = table<boolean>([
  [true, '住校 住校生 寄宿 住宿 住宿生 寄宿生 内宿 内宿生 2'],
  [false, '走读 通学 走读生 通学生 1'],
])
/** 是否寄宿: yes-no words, or the manner of attending in words. */
export const readBoarding = (text: string): Normalised<boolean> => lookUp(boarding, text, '寄宿', '住校或走读')
/** 就读方式 of the national student system: 1 day student, 2 boarder. */
export const readAttendance = (text: string): Normalised<boolean> => lookUp(attendance, text, '就读方式', '走读或住校')

const leftBehind = table<0 | 1 | 2>([
  [0, '非留守 非留守儿童 不是 否 非 无 0 N NO ×'],
  [1, '单亲留守 单亲留守儿童 一方外出 单亲 单方外出 1'],
  [2, '双亲留守 双亲留守儿童 双方外出 父母均外出 双亲 2'],
])
/** Left behind, codes of the national student system: 0 no, 1 one parent away, 2 both. */
export const readLeftBehind = (text: string): Normalised<0 | 1 | 2> =>
  lookUp(leftBehind, text, '留守情况', '非留守、单亲留守或双亲留守')

const monitorKinds = table<1 | 2 | 3 | 4>([
  [1, '脱贫户 脱贫 脱贫家庭 建档立卡 建档立卡户 原建档立卡'],
  [2, '脱贫不稳定户 脱贫不稳定 脱贫不稳定家庭 脱贫监测户'],
  [3, '边缘易致贫户 边缘易致贫 边缘易致贫家庭 边缘户'],
  [4, '突发严重困难户 突发严重困难 突发严重困难家庭 突发困难户 突发'],
])
export const readMonitorKind = (text: string): Normalised<1 | 2 | 3 | 4> =>
  lookUp(monitorKinds, text, '监测类别', '脱贫户、脱贫不稳定户、边缘易致贫户或突发严重困难户')

const disabilityKinds = table<number>([
  [1, '视力 视力残疾 盲 1'],
  [2, '听力 听力残疾 聋 2'],
  [3, '言语 言语残疾 语言 3'],
  [4, '肢体 肢体残疾 4'],
  [5, '智力 智力残疾 5'],
  [6, '精神 精神残疾 6'],
  [7, '多重 多重残疾 7'],
])
export const readDisabilityKind = (text: string): Normalised<number> =>
  lookUp(disabilityKinds, text, '残疾类别', '视力、听力、言语、肢体、智力、精神或多重')

const levels = table<number>([
  [1, '一级 1级 1 一 壹级 Ⅰ级 I级'],
  [2, '二级 2级 2 二 贰级 Ⅱ级 II级'],
  [3, '三级 3级 3 三 叁级 Ⅲ级 III级'],
  [4, '四级 4级 4 四 肆级 Ⅳ级 IV级'],
])
export const readDisabilityLevel = (text: string): Normalised<number> => lookUp(levels, text, '残疾等级', '一级到四级')

export interface KindAndLevel {
  readonly kind: number
  readonly level: number
}

const kindThenLevel = /^(.+?)[,;、/:-]?((?:[一二三四壹贰叁肆1-4]|IV|I{1,3})级?)$/

/** Kind and level of a disability in one cell: 肢体三级, 视力残疾/2级. Several kinds at once are refused. */
export function readDisabilityKindAndLevel(text: string): Normalised<KindAndLevel> {
  const written = folded(text)
  if (written === '') return undefined
  const parts = kindThenLevel.exec(written)
  const kind = disabilityKinds.get(parts?.[1] ?? '')
  const level = levels.get(parts?.[2] ?? '')
  if (kind !== undefined && level !== undefined) return found({ kind, level })
  return fault('code.unknown', `残疾类别和等级“${trimmed(text)}”不认识，应如 肢体三级、视力残疾二级`)
}

const screening = table<number>([
  [0, '正常 绿 绿色 无预警 未预警 无 0 良好 健康'],
  [1, '蓝 蓝色 蓝色预警 四级预警 轻度'],
  [2, '黄 黄色 黄色预警 三级预警 中度'],
  [3, '橙 橙色 橙色预警 二级预警 较重 中重度'],
  [4, '红 红色 红色预警 一级预警 重度 严重'],
])
/** Screening level by colour: 0 none, 1 blue, 2 yellow, 3 orange, 4 red. A bare 一级/二级 or 1/2 is refused: systems count both ways. */
export const readScreeningLevel = (text: string): Normalised<number> =>
  lookUp(screening, text, '预警等级', '正常、蓝、黄、橙或红')

const orphanKinds = table<'orphan' | 'de-facto'>([
  ['orphan', '孤儿 社会散居孤儿 散居孤儿 机构养育孤儿 集中养育孤儿 福利机构孤儿 艾滋病病毒感染儿童'],
  ['de-facto', '事实无人抚养儿童 事实无人抚养 事实孤儿'],
])
export const readOrphanKind = (text: string): Normalised<'orphan' | 'de-facto'> =>
  lookUp(orphanKinds, text, '类别', '孤儿或事实无人抚养儿童')

// 面谈 and 到校面谈 are not here: parents who came to the school were not visited at home
export type VisitMode = 'on-site' | 'phone' | 'video'
const visitModes = table<VisitMode>([
  [
    'on-site',
    '入户 上门 上门家访 上门走访 实地 实地家访 实地走访 入户家访 入户走访 走访入户 登门 登门家访 线下 线下家访 现场',
  ],
  ['phone', '电话 电访 电话家访 致电'],
  ['video', '视频 视频家访 线上 微信视频 网络 线上家访 微信'],
])
export const readVisitMode = (text: string): Normalised<VisitMode> =>
  lookUp(visitModes, text, '方式', '入户、电话或视频')

const absenceReasons = table<number>([
  [1, '疾病 生病 因病 患病 住院'],
  [2, '残疾 因残'],
  [3, '厌学'],
  [4, '贫困 家庭困难 经济困难 因贫'],
  [5, '务工 外出务工 打工'],
  [6, '早婚早育 早婚'],
  [7, '失联 随迁失联 下落不明'],
  [8, '休学'],
  [9, '其他 其它'],
  [10, '原因不明 不明 不详 未知'],
  [11, '随父母外出未办转学 随父母外出 外出未转学'],
])
/** Why a student did not come: codes of the dropout ledger with 休学, 原因不明 and 随父母外出 besides. */
export const readAbsenceReason = (text: string): Normalised<number> =>
  lookUp(absenceReasons, text, '未报到原因', '疾病、厌学、务工、休学、原因不明等')

const stages = table<number>([
  [1, '学前 幼儿园 学前教育 PRE'],
  [2, '小学 PRI'],
  [3, '初中 初级中学 JUN'],
  [4, '高中 普通高中 普高 高级中学 SEN'],
  [5, '中职 职高 中等职业 中专 技校 中等职业教育 VOC'],
  [6, '五年制高职 五年一贯制 高职'],
  [7, '特教 特殊教育 特校 SPE'],
  [8, '本科 专科 本专科 大学 UG'],
  [9, '研究生 硕士 博士 PG'],
])
/** Stage of education, the codes of the fact dictionary. */
export const readStage = (text: string): Normalised<number> =>
  lookUp(stages, text, '学段', '学前、小学、初中、高中、中职或特教')

const peoples =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  )
const peopleCodes = new Map<string, number>()
peoples.forEach((name, i) => {
  peopleCodes.set(name, i + 1)
  peopleCodes.set(`${name}族`, i + 1)
  peopleCodes.set(String(i + 1), i + 1)
  peopleCodes.set(String(i + 1).padStart(2, '0'), i + 1)
})
peopleCodes.set('其他', 97)
/** Ethnic group as GB/T 3304 numbers it; 1 is Han. */
export const readEthnicity = (text: string): Normalised<number> =>
  lookUp(peopleCodes, text, '民族', '汉族、回族等 56 个民族')
