import { type ReactNode, useEffect, useState } from 'react'
import { type getCase, getCaseFile } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { type getApplicationSheet, panelChoices } from '#contract/recognition'
import { fetchFile, formatDate } from '#web/platform'
import { answerOn, memberRows, opinionsIn, yearMonthOf } from './sheet-values.ts'
import './sheet.css'

type Shown = AnswerOf<typeof getCase>
type Beside = AnswerOf<typeof getApplicationSheet>

interface Props {
  readonly params: { readonly schoolId: string; readonly caseId: string }
  readonly shown: Shown
  readonly sheet: Beside
  /** The family's copy says nothing of the title others could read, nor of the judging. */
  readonly isFamily: boolean
}

type Cells = readonly (readonly [string, ReactNode])[]

const pairsOf = (cells: Cells): Cells[] =>
  Array.from({ length: Math.ceil(cells.length / 2) }, (_, row) => cells.slice(row * 2, row * 2 + 2))

const Pairs = ({ caption, cells }: { caption: string; cells: Cells }) => (
  <table>
    <caption>{caption}</caption>
    <tbody>
      {pairsOf(cells).map((pair) => (
        <tr key={pair[0]?.[0]}>
          {pair.map(([label, value]) => [
            <th key={`${label} label`} scope="row">
              {label}
            </th>,
            <td key={label} colSpan={pair.length === 1 ? 3 : 1}>
              {value || '\u3000'}
            </td>,
          ])}
        </tr>
      ))}
    </tbody>
  </table>
)

const memberQuestions = ['name', 'age', 'relation', 'employer', 'occupation', 'income', 'health']
const memberHeads = ['姓名', '年龄', '与学生关系', '工作(学习)单位', '职业', '年收入(元)', '健康状况']

const Family = ({ shown }: { shown: Shown }) => {
  const rows = memberRows(shown, memberQuestions)
  return (
    <table>
      <caption>家庭成员</caption>
      <thead>
        <tr>
          {memberHeads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={cells.join(' ')}>
            {cells.map((cell, index) => (
              <td key={memberHeads[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const situations = [
  'disaster_desc',
  'accident_desc',
  'weak_labor_desc',
  'unemployment_desc',
  'debt_desc',
  'other_desc',
] as const

/** The printed application: the parts common to the provinces' forms, the promise, and for the school's file the judging. */
export const Sheet = ({ params, shown, sheet, isFamily }: Props) => {
  const on = (id: string): string => answerOn(shown, id)
  const labelOf = (id: string): string => shown.form.find((field) => field.id === id)?.label ?? id
  const { student, above } = sheet
  const named = (kind: string): string => above.find((one) => one.kind === kind)?.name ?? ''
  const sex = student?.sex === 1 ? '男' : student?.sex === 2 ? '女' : ''
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, it is moved sideways by keyboard too
    <article className="sheet" aria-label="申请表" tabIndex={0}>
      <h2>{isFamily ? '学年申请表' : '家庭经济困难学生认定申请表'}</h2>
      <div className="sheet-about">
        <span>
          {sheet.schoolYear}—{sheet.schoolYear + 1} 学年第{sheet.term === 1 ? '一' : '二'}学期
        </span>
        <span>学校:{shown.schoolName}</span>
        {named('college') ? <span>院系:{named('college')}</span> : null}
        {named('major') ? <span>专业:{named('major')}</span> : null}
        {named('grade') ? <span>年级:{named('grade')}</span> : null}
        <span>班级:{shown.className ?? '(新生,待编班)'}</span>
      </div>
      <Pairs
        caption="基本情况"
        cells={[
          ['姓名', on('full_name') || shown.studentName],
          ['性别', sex],
          ['出生年月', yearMonthOf(on('birth_year_month'), student?.birthDate ?? null)],
          ['籍贯', on('native_place')],
          ['身份证号', on('id_number')],
          ['学号', student?.number],
          ['家庭人口', on('household_size')],
          ['家长手机', on('guardian_mobile')],
          ['通讯地址', on('home_address')],
          ['邮编', on('postcode')],
        ]}
      />
      <Family shown={shown} />
      <Pairs
        caption="特殊群体类型和影响家庭经济的情况"
        cells={[
          ['特殊群体', on('special_groups') || '没有选'],
          ['家庭人均年收入(元)', on('per_capita_income')],
          ['学生健康状况', on('own_health')],
          ['父母情况', on('parents')],
          ...situations.map((id) => [labelOf(id).replace(/(情况|的情况)$/, ''), on(id)] as const),
        ]}
      />
      <table>
        <caption>个人承诺</caption>
        <tbody>
          <tr>
            <td>
              <div>{labelOf('promise')}。</div>
              <div className="sheet-signed">
                <span>
                  学生或监护人签字:
                  <Signature params={params} files={shown.files} />
                </span>
                <span>日期:{shown.files.length > 0 ? formatDate(signedOn(shown)) : '____年__月__日'}</span>
              </div>
            </td>
          </tr>
        </tbody>
      </table>
      {isFamily ? null : <Judging shown={shown} sheet={sheet} />}
    </article>
  )
}

const signedOn = ({ files }: Shown): string =>
  (files.findLast(({ purpose }) => purpose === 'signature' || purpose === 'signed-paper')?.at ?? '').slice(0, 10)

const levelWord = (level: unknown): string =>
  (panelChoices as Readonly<Record<number, string>>)[typeof level === 'number' ? level : 0] ?? ''

const Judging = ({ shown, sheet }: Pick<Props, 'shown' | 'sheet'>) => {
  const { college, school } = opinionsIn(shown.steps)
  const { panel } = sheet
  const rows = [
    {
      head: '民主评议',
      words: panel
        ? `应到 ${panel.due} 人,实到 ${panel.present} 人。建议:${levelWord(panel.choice)}。`
        : '应到____人,实到____人。建议:',
      signed: '组长',
      by: panel?.chairName,
      on: panel ? formatDate(panel.closedOn) : undefined,
    },
    { head: '院系(年级)或资助专干意见', words: college?.words ?? '', signed: '签字', by: college?.by, on: college?.on },
    {
      head: '学校意见',
      words: school ? `${school.words}。认定为:${levelWord(shown.outcome.level)}` : '',
      signed: '签字(盖章)',
      by: school?.by,
      on: school?.on,
    },
  ]
  return (
    <table>
      <caption>评议和认定</caption>
      <tbody>
        {rows.map(({ head, words, signed, by, on }) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            <td>
              <div className="sheet-opinion">{words}</div>
              <div className="sheet-signed">
                <span>
                  {signed}:{by ?? '____________'}
                </span>
                <span>{on ?? '____年__月__日'}</span>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

// The drawn signature stands where a hand would sign; a signed paper is kept as it is and not drawn here.
const Signature = ({ params, files }: Pick<Props, 'params'> & { files: Shown['files'] }) => {
  const [address, setAddress] = useState<string>()
  const fileId = files.findLast(({ purpose }) => purpose === 'signature')?.id
  const { schoolId, caseId } = params
  useEffect(() => {
    if (!fileId) return
    let made: string | undefined
    let current = true
    fetchFile(getCaseFile, { params: { schoolId, caseId, fileId } })
      .then(({ content }) => {
        if (!current) return
        made = URL.createObjectURL(content)
        setAddress(made)
      })
      .catch(() => undefined)
    return () => {
      current = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [schoolId, caseId, fileId])
  return address ? <img className="sheet-signature" src={address} alt="签名" /> : <span>____________</span>
}
