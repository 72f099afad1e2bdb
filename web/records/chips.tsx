interface Option {
  readonly code: number
  readonly label: string
}

interface ChipsProps {
  readonly name: string
  readonly options: readonly Option[]
  readonly chosen: readonly number[]
  readonly many: boolean
  readonly onChange: (chosen: number[]) => void
}

/** Choices as large chips under the thumb: real radio buttons or check boxes. A chosen single one can be taken back. */
export const Chips = ({ name, options, chosen, many, onChange }: ChipsProps) => {
  const toggle = (code: number): void => {
    const on = chosen.includes(code)
    const others = many ? chosen.filter((other) => other !== code) : []
    onChange(on ? others : [...others, code])
  }
  return (
    <span className="chips">
      {options.map(({ code, label }) => (
        <label className="chip" key={code}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(code)}
            onChange={() => toggle(code)}
            onClick={() => {
              if (!many && chosen.includes(code)) toggle(code)
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </span>
  )
}
