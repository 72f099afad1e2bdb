import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Popover } from 'antd'
import { useState } from 'react'
import { useMe } from '#web/platform'
import { keepSaved, type ListFilters, readSaved, type SavedFilter, withSaved } from './list-filters.ts'

interface Props {
  readonly filters: ListFilters
  readonly onChoose: (filters: ListFilters) => void
}

/** Filters this person keeps under a name on this device. */
export const SavedFilters = ({ filters, onChoose }: Props) => {
  const { personId } = useMe()
  const [open, setOpen] = useState(false)
  const [saved, setSaved] = useState(() => readSaved(personId))
  const [name, setName] = useState('')
  const keep = (next: SavedFilter[]): void => {
    keepSaved(personId, next)
    setSaved(next)
  }
  const choose = (one: SavedFilter): void => {
    onChoose(one.filters)
    setOpen(false)
  }
  const save = (): void => {
    if (name.trim() === '') return
    keep(withSaved(saved, { name: name.trim(), filters }))
    setName('')
  }
  const content = (
    <div style={{ width: 260 }}>
      {saved.length === 0 ? <p className="quiet">还没有存过条件。选好条件后起个名字存下,下次一点就到。</p> : null}
      <ul className="plain-list">
        {saved.map((one) => (
          <li key={one.name}>
            <Flex justify="space-between" align="center">
              <button type="button" className="link-button" onClick={() => choose(one)}>
                {one.name}
              </button>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`删除条件 ${one.name}`}
                onClick={() => keep(saved.filter(({ name: other }) => other !== one.name))}
              />
            </Flex>
          </li>
        ))}
      </ul>
      <Flex gap={8} style={{ marginTop: 8 }}>
        <Input
          value={name}
          maxLength={20}
          aria-label="给现在的条件起个名字"
          placeholder="给现在的条件起个名字"
          onChange={(event) => setName(event.target.value)}
          onPressEnter={save}
        />
        <Button onClick={save} disabled={name.trim() === ''}>
          存下
        </Button>
      </Flex>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomLeft" open={open} onOpenChange={setOpen} content={content}>
      <Button icon={<StarOutlined />}>常用条件</Button>
    </Popover>
  )
}
