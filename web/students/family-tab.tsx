import { Button, Tag } from 'antd'
import { useState } from 'react'
import { FamilyAccountsPanel } from '#web/people'
import { Empty, Facts, Go, newId } from '#web/platform'
import { BarsSection } from './bars-section.tsx'
import { ContactForm } from './contact-form.tsx'
import { Reveal } from './file-header.tsx'
import { type StudentFile, useFileSlots } from './file-slots.tsx'
import { limitWords } from './student-words.ts'

type Contact = NonNullable<StudentFile['contacts']>[number]

/** The people around the child: who is guardian, who really takes care, who must not be called. [T6] */
export const FamilyTab = ({ file }: { file: StudentFile }) => {
  const [edited, setEdited] = useState<{ id: string; contact?: Contact }>()
  const key = { schoolId: file.student.schoolId, studentId: file.student.id }
  const { WriteToFamily } = useFileSlots()
  const mayKeep = file.may.includes('students.set-contact')
  return (
    <>
      {file.contacts?.length === 0 ? (
        <Empty title="还没有登记家人">登记监护人和实际照料人后,家访前就知道该找谁。</Empty>
      ) : null}
      <ul className="plain-list">
        {(file.contacts ?? []).map((contact) => (
          <li key={contact.id} className="now-item">
            <ContactLine contact={contact} of={key} reveals={file.may.includes('students.reveal')} />
            {mayKeep ? (
              <Button onClick={() => setEdited({ id: contact.id, contact })} aria-label={`修改 ${contact.name}`}>
                修改
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayKeep && file.contacts ? (
        <Button style={{ marginTop: 12 }} onClick={() => setEdited({ id: newId() })}>
          登记一位家人
        </Button>
      ) : null}
      {mayKeep ? <FamilyAccountsPanel {...key} /> : null}
      <WriteToFamily {...key} />
      {file.household ? <Household household={file.household} /> : null}
      {file.may.includes('students.bar-staff') ? <BarsSection student={key} /> : null}
      {edited ? (
        <ContactForm
          student={key}
          contactId={edited.id}
          contact={edited.contact}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </>
  )
}

interface LineProps {
  readonly contact: Contact
  readonly of: { readonly schoolId: string; readonly studentId: string }
  readonly reveals: boolean
}

const ContactLine = ({ contact, of, reveals }: LineProps) => (
  <div>
    <span className="strong">{contact.name}</span>{' '}
    {contact.relation ? <span className="quiet">{contact.relation}</span> : null}{' '}
    {contact.isGuardian ? <Tag>监护人</Tag> : null}
    {contact.isCaretaker ? <Tag>实际照料人</Tag> : null}
    {contact.contactLimit === 'none' ? null : <Tag color="warning">{limitWords[contact.contactLimit]}</Tag>}
    {contact.custody ? <div className="quiet">监护约定:{contact.custody}</div> : null}
    {contact.hasPhone && reveals && contact.contactLimit !== 'no-contact' ? (
      <div style={{ marginTop: 4 }}>
        <Reveal of={of} what="contact-phone" contactId={contact.id} name="电话" />
      </div>
    ) : null}
  </div>
)

const Household = ({ household }: { household: NonNullable<StudentFile['household']> }) => (
  <section style={{ marginTop: 24 }}>
    <h2 className="small-head">家庭</h2>
    <Facts
      rows={[
        ['所在镇(街道)', household.town],
        ['户主', household.headName],
        [
          '同一家的学生',
          household.siblings.length === 0
            ? null
            : household.siblings.map((sibling) => (
                <div key={sibling.studentId}>
                  <Go to={`/students/${sibling.schoolId}/${sibling.studentId}`}>{sibling.name}</Go>{' '}
                  <span className="quiet">{sibling.className}</span>
                </div>
              )),
        ],
      ]}
    />
  </section>
)
