import { Checkbox } from 'antd'

interface Props {
  readonly guardians: readonly { readonly contactId: string; readonly name: string; readonly relation: string | null }[]
  readonly chosen: readonly string[]
  readonly onChange: (contactIds: string[]) => void
}

/** Which guardians are to know nothing of it: the home may be what happened. [G33] */
export const GuardianChoice = ({ guardians, chosen, onChange }: Props) => (
  <Checkbox.Group
    aria-label="不告知哪位监护人"
    value={[...chosen]}
    options={guardians.map(({ contactId, name, relation }) => ({
      value: contactId,
      label: relation ? `${name}(${relation})` : name,
    }))}
    onChange={onChange}
  />
)
