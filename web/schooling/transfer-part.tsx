import type { ShownCase } from '#web/flows'
import { Facts, formatDate, Panel } from '#web/platform'

const dayOf = (value: unknown): string | null => (typeof value === 'string' ? formatDate(value) : null)
const wordOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Where the file goes and what goes along; once taken over, the receipt of the school that has it. [T2] */
export const TransferPart = ({ shown }: { readonly shown: ShownCase }) => {
  const { student_name, to_school_name, left_on, consent, to_class, entered_on } = shown.outcome
  if (left_on === undefined) return null
  return (
    <>
      <Panel title="移交">
        <Facts
          rows={[
            ['学生', wordOf(student_name)],
            ['从', shown.schoolName],
            ['到', wordOf(to_school_name)],
            ['离校日期', dayOf(left_on)],
            ['健康、心理情况', consent === true ? '监护人同意,随档移交' : '留在原学校,不移交'],
          ]}
        />
      </Panel>
      {entered_on === undefined ? null : (
        <Panel title="回执">
          <Facts
            rows={[
              ['编入班级', wordOf(to_class)],
              ['到校日期', dayOf(entered_on)],
            ]}
          />
          <p className="quiet">原学校的档案从此只供查阅。</p>
        </Panel>
      )}
    </>
  )
}
