import { App, Button, Drawer, Form, Input } from 'antd'
import { useState } from 'react'
import { listCommunityContacts, listCommunityPairs, pairCommunity } from '#contract/care'
import { DateInput, FormDrawer } from '#web/organisations'
import { PersonPicker } from '#web/people'
import {
  type DataColumn,
  DataTable,
  Empty,
  ErrorNote,
  Facts,
  formatDate,
  Loading,
  newId,
  Panel,
  useAct,
  useAnswer,
  useIsPhone,
  useMe,
} from '#web/platform'
import { ContactForm } from './contact-form.tsx'
import type { Pair } from './pair.ts'

const columns: readonly DataColumn<Pair>[] = [
  { key: 'community', title: '社区(村)', phone: 'title', render: ({ community }) => community },
  { key: 'cadre', title: '结对的校干', phone: 'bare', render: ({ cadreName }) => cadreName },
  { key: 'school', title: '学校', phone: 'line', render: ({ schoolName }) => schoolName },
  { key: 'from', title: '自', phone: 'line', render: ({ fromDate }) => formatDate(fromDate) },
  { key: 'many', title: '联系', phone: 'line', align: 'right', render: ({ contacts }) => `${contacts} 次` },
  {
    key: 'last',
    title: '最近一次',
    phone: 'aside',
    render: ({ lastOn }) => (lastOn ? formatDate(lastOn) : <span className="heed">还没有联系</span>),
  },
]

/** Cadres and the communities they keep in touch with; a change heard of there opens a follow-up. [X8] */
export const PairsPanel = ({ unitId }: { unitId: string }) => {
  const { data, error, refetch } = useAnswer(listCommunityPairs, { params: { unitId } })
  const [opened, setOpened] = useState<Pair>()
  const [pairing, setPairing] = useState<string>()
  return (
    <Panel
      flush
      title="校社结对"
      aside={
        data?.mayPairAt ? (
          <Button type="primary" onClick={() => setPairing(newId())}>
            结一对
          </Button>
        ) : null
      }
    >
      <DataTable
        label="校社结对"
        rows={data?.pairs}
        rowKey={({ id }) => id}
        columns={columns}
        onOpen={setOpened}
        error={error}
        retry={() => void refetch()}
        empty={<Empty title="还没有结对">校干和社区(村)结对以后,联系情况列在这里。</Empty>}
      />
      {opened ? <PairDrawer pair={opened} onClose={() => setOpened(undefined)} /> : null}
      {pairing && data?.mayPairAt ? (
        <PairForm id={pairing} schoolId={data.mayPairAt} onClose={() => setPairing(undefined)} />
      ) : null}
    </Panel>
  )
}

const PairDrawer = ({ pair, onClose }: { pair: Pair; onClose: () => void }) => {
  const phone = useIsPhone()
  const params = { schoolId: pair.schoolId, pairId: pair.id }
  const { data, error, refetch } = useAnswer(listCommunityContacts, { params })
  const [logging, setLogging] = useState<string>()
  return (
    <Drawer
      open
      onClose={onClose}
      title={pair.community}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 560}
    >
      <Facts
        rows={[
          ['结对的校干', pair.cadreName],
          ['那边的联系人', data?.contact],
        ]}
      />
      {pair.mine ? (
        <Button type="primary" style={{ marginBlock: 12 }} onClick={() => setLogging(newId())}>
          记一次联系
        </Button>
      ) : (
        <p className="quiet">联系由结对的校干记。</p>
      )}
      {data ? null : error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading />}
      {data?.contacts.length === 0 ? <p className="quiet">还没有联系记录。</p> : null}
      <ul className="plain-list">
        {data?.contacts.map((one) => (
          <li key={one.id} className="now-item">
            <div>
              <div className="quiet">
                {formatDate(one.on)} {one.by}
              </div>
              {one.text ? <div className="whole">{one.text}</div> : null}
            </div>
          </li>
        ))}
      </ul>
      {logging ? <ContactForm id={logging} pair={pair} onClose={() => setLogging(undefined)} /> : null}
    </Drawer>
  )
}

interface Typed {
  readonly cadreId: string
  readonly community: string
  readonly contact?: string
  readonly fromDate: string
}

const PairForm = ({ id, schoolId, onClose }: { id: string; schoolId: string; onClose: () => void }) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [form] = Form.useForm<Typed>()
  const act = useAct(pairCommunity, { refreshes: [listCommunityPairs] })
  const send = async (): Promise<void> => {
    const typed = await form.validateFields().catch(() => undefined)
    if (!typed) return
    const { cadreId, community, contact, fromDate } = typed
    act.mutate(
      { params: { schoolId }, body: { id, cadreId, community, contact: contact?.trim() || null, fromDate } },
      {
        onSuccess: () => {
          message.success('已结对')
          onClose()
        },
      },
    )
  }
  return (
    <FormDrawer
      title="结一对"
      open
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="结对"
      sending={act.isPending}
      error={act.error}
      effect="结对以后,由这位校干记联系;听到学生家里有变化的,转给班主任跟进。"
    >
      <Form<Typed> form={form} layout="vertical" requiredMark="optional" initialValues={{ fromDate: today }}>
        <Form.Item name="cadreId" label="校干" rules={[{ required: true, message: '请选校干' }]}>
          <PersonPicker label="校干" unitId={schoolId} />
        </Form.Item>
        <Form.Item
          name="community"
          label="社区(村)"
          rules={[{ required: true, min: 2, message: '请写社区(村)的名称' }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="contact" label="那边的联系人和电话">
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="fromDate" label="从哪天起" rules={[{ required: true, message: '请填日期' }]}>
          <DateInput />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}
