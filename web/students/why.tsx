import { CheckCircleOutlined, CloseCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { AnswerOf } from '#contract/platform'
import { explainClass } from '#contract/students'
import { formatDate, useAnswer } from '#web/platform'

type Explained = AnswerOf<typeof explainClass>
type Verdict = Explained['answer']

const marks: Record<Verdict, ReactNode> = {
  met: <CheckCircleOutlined />,
  'not-met': <CloseCircleOutlined />,
  unknown: <QuestionCircleOutlined />,
}
const words: Record<Verdict, string> = { met: '符合', 'not-met': '不符合', unknown: '还不知道' }

/** Asks why a student falls into a class, or does not. */
export const useWhy = (student: { schoolId: string; studentId: string }, rule: number | undefined) =>
  useAnswer(explainClass, { params: { ...student, rule: rule ?? 0 } }, { enabled: rule !== undefined })

/** Each condition with the student's value and its source, then the article. */
export const Why = ({ explained }: { explained: Explained }) => (
  <>
    <p>
      <span className="strong">{explained.label}</span>:{words[explained.answer]}
    </p>
    <ul className="plain-list">
      {explained.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions are fixed and may repeat
        <li key={index} className="now-item" style={{ justifyContent: 'flex-start' }}>
          <span aria-hidden className={line.answer === 'met' ? '' : 'quiet'}>
            {marks[line.answer]}
          </span>
          <div>
            <div>{line.sentence}</div>
            <div className="quiet">
              {words[line.answer]}
              {line.source && !line.sentence.includes(line.source) ? ` · 来自${line.source}` : ''}
              {line.asOf && !line.sentence.includes(formatDate(line.asOf)) ? `,${formatDate(line.asOf)}` : ''}
            </div>
          </div>
        </li>
      ))}
    </ul>
    <p className="quiet" style={{ marginTop: 24 }}>
      依据:{explained.article}
      {explained.standpoint ? '(文件未写明,这是平台的口径)' : ''}
    </p>
  </>
)
