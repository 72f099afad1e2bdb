const cite = 'cite: [{ requirement: [T6], document: letter, at: 一 }]'

/** A county's own pack of duties that events make due, and coverages that count them, as an author would write it. */
export const linhuPack = (version = '1.0.0', days = 3) => [
  {
    name: 'pack.yaml',
    text: `issuer: linhu\nname: 临湖县\nextends: taizhou\nversion: ${version}\ndocuments:\n  - { id: letter, title: 走访办法 }\n`,
  },
  {
    name: 'duties.yaml',
    text: `- id: after-change
  label: 家庭变故后${days}个工作日内入户
  neutral_title: 及时走访
  ${cite}
  for: national/hardship
  does: { record: home-visit, where: { mode: [入户] } }
  by: class-teacher
  fallback: [school-aid-officer]
  at_least: 1
  per: { after: key-event, where: { sort: [家庭变故] }, working_days: ${days} }
  examples:
    in: [{ acts: [{ record: key-event, on: 2025-11-05, with: { sort: [家庭变故] } }, { record: home-visit, on: 2025-11-06, with: { mode: [入户] } }] }]
    out: [{ acts: [{ record: key-event, on: 2025-11-05, with: { sort: [家庭变故] } }] }]
- id: quick-help
  label: 身体健康事件后24小时内两次帮助
  neutral_title: 及时帮助
  ${cite}
  for: national/hardship
  does: { record: remedial-session }
  by: school-aid-officer
  fallback: [principal]
  at_least: 2
  per: { after: key-event, where: { sort: [身体健康] }, hours: 24 }
  examples:
    in: [{ acts: [{ record: key-event, on: 2025-11-05, with: { sort: [身体健康] } }, { record: remedial-session, on: 2025-11-06 }, { record: remedial-session, on: 2025-11-06 }] }]
    out: [{ acts: [{ record: key-event, on: 2025-11-05, with: { sort: [身体健康] } }, { record: remedial-session, on: 2025-11-06 }] }]
- id: call-then-visit
  label: 电话家访后10个工作日内再入户
  neutral_title: 再次走访
  ${cite}
  for: national/hardship
  does: { record: home-visit }
  by: class-teacher
  fallback: []
  at_least: 1
  per: { after: home-visit, where: { mode: [电话] }, working_days: 10 }
  examples:
    in: [{ acts: [{ record: home-visit, on: 2025-11-05, with: { mode: [电话] } }, { record: home-visit, on: 2025-11-06, with: { mode: [入户] } }] }]
    out: [{ acts: [{ record: home-visit, on: 2025-11-05, with: { mode: [电话] } }] }]
`,
  },
  {
    name: 'counts.yaml',
    text: `- id: followed
  number: 11
  label: 事后走访全覆盖
  ${cite}
  of: { class: national/hardship }
  counts_when: { duties: [after-change] }
  splits: [stage]
  secrecy: family
  names_for: [principal]
  shows_reviewed: true
  examples:
    in: [{ duties_met: [after-change] }]
    out: [{ duties_met: [] }]
- id: followed-and-rewarded
  number: 12
  label: 事后走访和奖励全覆盖
  ${cite}
  of: { class: national/hardship }
  counts_when: { duties: [after-change, jiangsu/growth-reward] }
  splits: [stage]
  secrecy: family
  names_for: [principal]
  examples:
    in: [{ duties_met: [after-change, jiangsu/growth-reward] }]
    out: [{ duties_met: [after-change] }, { duties_met: [jiangsu/growth-reward] }]
`,
  },
]
