import { Button, Flex, Radio, theme } from 'antd'
import { useState } from 'react'
import type { listMatches } from '#contract/imports'
import type { AnswerOf } from '#contract/platform'
import { Facts, Go } from '#web/platform'
import { clearBest } from './match-decisions.ts'

type Match = AnswerOf<typeof listMatches>['matches'][number]

interface Props {
  readonly match: Match
  /** True while a person may still decide. */
  readonly open: boolean
  readonly busy: boolean
  readonly onDecide: (studentId: string | null) => void
}

/** One row of a list beside the students it may be. */
export function MatchCard({ match, open, busy, onDecide }: Props) {
  const { token } = theme.useToken()
  const [chosen, choose] = useState(() => clearBest(match))
  const name = match.candidates.find(({ studentId }) => studentId === chosen)?.name
  return (
    <li style={{ borderBottom: `1px solid ${token.colorBorderSecondary}`, padding: '16px 0' }}>
      <Flex gap={24} wrap>
        <section style={{ flex: '1 1 260px', minWidth: 0 }} aria-label={`名单${match.place}`}>
          <div className="quiet" style={{ marginBottom: 8 }}>{`名单${match.place}`}</div>
          <Facts rows={match.listed.map(({ label, value }) => [label, value] as const)} />
        </section>
        <section style={{ flex: '2 1 360px', minWidth: 0 }} aria-label="可能的学生">
          <div className="quiet" style={{ marginBottom: 8 }}>
            学籍里可能的学生
          </div>
          {open ? (
            <Radio.Group
              value={chosen}
              onChange={(event) => choose(String(event.target.value))}
              style={{ display: 'block' }}
            >
              {match.candidates.map((candidate) => (
                <Radio
                  key={candidate.studentId}
                  value={candidate.studentId}
                  style={{ display: 'flex', marginBottom: 12 }}
                >
                  <Candidate candidate={candidate} />
                </Radio>
              ))}
            </Radio.Group>
          ) : (
            match.candidates.map((candidate) => (
              <div key={candidate.studentId} style={{ marginBottom: 12 }}>
                <Candidate candidate={candidate} />
              </div>
            ))
          )}
          {match.candidates.length === 0 ? <p className="quiet">没有相近的学生。</p> : null}
          {open ? (
            <Flex gap={8} wrap>
              <Button
                type="primary"
                disabled={chosen === undefined}
                loading={busy}
                onClick={() => chosen !== undefined && onDecide(chosen)}
              >
                {name === undefined ? '请先选一名' : `确认是${name}`}
              </Button>
              <Button disabled={busy} onClick={() => onDecide(null)}>
                都不是
              </Button>
            </Flex>
          ) : null}
        </section>
      </Flex>
    </li>
  )
}

function Candidate({ candidate }: { candidate: Match['candidates'][number] }) {
  return (
    <span>
      <Go to={`/students/${candidate.schoolId}/${candidate.studentId}`} style={{ textDecoration: 'underline' }}>
        {candidate.name}
      </Go>
      {` · ${candidate.className} · ${candidate.schoolName} `}
      <b className="number">{`${candidate.score} 分`}</b>
      <br />
      <span className="quiet">{candidate.reasons.join(';')}</span>
    </span>
  )
}
