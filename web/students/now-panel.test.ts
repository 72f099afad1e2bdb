import { expect, test } from 'vitest'
import { openDuties } from './now-panel.tsx'

const duty = (title: string, state: 'due' | 'soon' | 'overdue' | 'done' | 'missed', dueOn: string | null) => ({
  rule: 1,
  title,
  periodLabel: '2025—2026学年',
  dueOn,
  state,
  done: 0,
  need: 1,
  post: '班主任',
  ownerName: null,
  recordKind: 1,
  cite: '',
})

test('what is overdue stands first, then what is due soonest; done and missed are not asked for', () => {
  const titles = openDuties([
    duty('晚些', 'soon', '2025-12-01'),
    duty('做完', 'done', '2025-01-01'),
    duty('该做乙', 'due', '2025-11-02'),
    duty('不限期', 'due', null),
    duty('该做甲', 'due', '2025-11-01'),
    duty('逾期', 'overdue', '2025-10-01'),
    duty('错过', 'missed', '2025-01-01'),
  ]).map(({ title }) => title)
  expect(titles).toEqual(['逾期', '该做甲', '该做乙', '不限期', '晚些'])
})
