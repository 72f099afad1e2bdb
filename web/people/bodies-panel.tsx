import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Alert, Button, Flex, Tag } from 'antd'
import type { UnitAnswer } from '#web/organisations'
import { Facts, formatDate, Panel } from '#web/platform'

export type BodyKind = UnitAnswer['bodies'][number]['kind']
const roleWords = { head: '主任(组长)', deputy: '副主任(副组长)', member: '成员' } as const
const roles = ['head', 'deputy', 'member'] as const

/** The support centre and the leadership group with their members; what is not there yet is said first. [C1 C21] */
export function BodiesPanel({ answer, onEstablish }: { answer: UnitAnswer; onEstablish: (kind: BodyKind) => void }) {
  const { bodies, bodiesMissing, mayKeep } = answer
  if (bodies.length === 0 && bodiesMissing.length === 0) return null
  return (
    <Panel title="支持中心与领导小组">
      <Flex vertical gap={16}>
        {bodiesMissing.map(({ kind, label }) => (
          <Alert
            key={kind}
            type="warning"
            showIcon
            title={`还没有${label}`}
            action={mayKeep ? <Button onClick={() => onEstablish(kind)}>登记成立</Button> : null}
          />
        ))}
        {bodies.map((body) => (
          <section key={body.id} aria-label={body.name}>
            <Flex gap={8} align="center" wrap style={{ marginBottom: 8 }}>
              <h3>{body.name}</h3>
              {body.missing.length === 0 ? (
                <Tag color="success" icon={<CheckCircleOutlined aria-hidden />}>
                  已建全
                </Tag>
              ) : (
                <Tag color="warning" icon={<WarningOutlined aria-hidden />}>{`还缺:${body.missing.join('、')}`}</Tag>
              )}
            </Flex>
            <Facts
              rows={[
                ['场地', body.place],
                ['发文', body.document],
                ['成立', formatDate(body.fromDate)],
                ...roles.map(
                  (role) =>
                    [
                      roleWords[role],
                      body.members
                        .filter((member) => member.role === role)
                        .map(({ name }) => name)
                        .join('、'),
                    ] as const,
                ),
              ]}
            />
          </section>
        ))}
      </Flex>
    </Panel>
  )
}
