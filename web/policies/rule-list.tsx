import { Flex, Tag, theme } from 'antd'
import { type RuleHere, timeText } from './rule-words.ts'

/** Rules as a reader meets them: name, what it says, where it is written, whose pack it stands in. */
export function RuleList({ hint, rules }: { hint: string; rules: readonly RuleHere[] }) {
  const { token } = theme.useToken()
  return (
    <>
      <p className="quiet" style={{ marginTop: 0 }}>
        {hint}
      </p>
      <ul className="plain-list">
        {rules.map((rule) => (
          <li key={rule.ref} style={{ padding: '12px 0', borderTop: `1px solid ${token.colorBorderSecondary}` }}>
            <Flex gap={8} align="center" wrap>
              <h3>{rule.label}</h3>
              {rule.standpoint ? <Tag title="文件没有写明,由平台按原意确定">平台口径</Tag> : null}
              <span className="quiet">{rule.issuerName}</span>
              {timeText(rule) === undefined ? null : <span className="quiet number">{timeText(rule)}</span>}
            </Flex>
            <p style={{ margin: '6px 0', maxWidth: '60em' }}>{rule.sentence}</p>
            {rule.replaces === null ? null : (
              <p className="quiet" style={{ margin: '6px 0' }}>{`代替上级的“${rule.replaces}”`}</p>
            )}
            <ul className="plain-list quiet">
              {rule.cites.map((cite) => (
                <li key={`${cite.document} ${cite.at}`}>
                  {`依据:${cite.document} ${cite.at}`}
                  {cite.quote === null ? null : `:“${cite.quote}”`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  )
}
