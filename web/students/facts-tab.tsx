import { Empty, formatDate } from '#web/platform'
import type { StudentFile } from './file-slots.tsx'
import { domainWord } from './student-words.ts'

type Fact = StudentFile['facts'][number]

/** Facts by domain, in the order answered. */
export const byDomain = (facts: readonly Fact[]): readonly (readonly [string, readonly Fact[]])[] => [
  ...Map.groupBy(facts, ({ domain }) => domain).entries(),
]

/** What is known, each with where it comes from and of which day. Domains above this person's sight are not in the answer. */
export const FactsTab = ({ file }: { file: StudentFile }) => {
  if (file.facts.length === 0)
    return <Empty title="还没有登记的情况">导入名单或家访后,这里会列出每项情况和它的来源。没有列出的不代表“否”。</Empty>
  return (
    <>
      {byDomain(file.facts).map(([domain, facts]) => (
        <section key={domain} style={{ marginBottom: 24 }}>
          <h2 className="small-head">{domainWord(domain)}</h2>
          <dl className="facts">
            {facts.map((fact) => (
              <div className="fact" key={fact.fact}>
                <dt>{fact.label}</dt>
                <dd>
                  {fact.value}
                  <div className="quiet" style={{ fontSize: '0.9em' }}>
                    {fact.source ? `来自${fact.source.label},${formatDate(fact.source.asOf)}` : '来源没有记载'}
                  </div>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="quiet">没有列出的情况表示还不知道,不代表“否”。</p>
    </>
  )
}
