import type { PackFile } from '#contract/policies'

/** For tests: what a county office might hand in, with the parts that tests change. */
export interface Written {
  readonly version?: string
  readonly atLeast?: number
  readonly level?: string
  readonly more?: string
  readonly issuer?: string
  readonly parent?: string
}

const who = (level: string) => `- id: watched
  label: 需要多走动的学生
  cite: [{ requirement: [T1], document: letter, at: 第二条 }]
  secrecy: family
  when: { fact: 家庭经济困难等级, is: ${level} }
  examples:
    in: [{ facts: { 家庭经济困难等级: ${level} } }]
    out: [{ facts: { 家庭经济困难等级: 未认定 } }]
    unknown: [{ facts: {} }]
`

const duty = (atLeast: number) => {
  const act = (day: number) => `{ record: talk, on: 2025-10-0${day} }`
  const acts = (many: number) => `[${Array.from({ length: many }, (_, n) => act(n + 1)).join(', ')}]`
  return `- id: walk
  label: 每月谈心
  neutral_title: 谈心
  cite: [{ requirement: [T6], document: letter, at: 第三条 }]
  for: watched
  does: { record: talk }
  by: class-teacher
  fallback: [principal]
  at_least: ${atLeast}
  per: month
  examples:
    in: [{ period: [2025-10-01, 2025-10-31], acts: ${acts(atLeast)} }]
    out: [{ period: [2025-10-01, 2025-10-31], acts: ${acts(atLeast - 1)} }]
`
}

/** The files of a county's pack under the city's. */
export const countyPack = ({
  version = '1.0.0',
  atLeast = 2,
  level = '困难',
  more = '',
  issuer = 'linhu',
  parent = 'taizhou',
}: Written = {}): PackFile[] => [
  {
    name: 'pack.yaml',
    text: `issuer: ${issuer}\nname: 临湖县\nextends: ${parent}\nversion: ${version}\ndocuments:\n  - { id: letter, title: 临湖县走访办法, issued: 2025-10-01 }\n`,
  },
  { name: 'who.yaml', text: who(level) + more },
  { name: 'duties.yaml', text: duty(atLeast) },
]
