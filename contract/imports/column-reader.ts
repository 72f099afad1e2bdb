import { fieldOf } from './fields.ts'
import { asksWhether, legendOf } from './legend.ts'
import type { MappedColumn } from './mapping.ts'
import { type ReadValue, readerOf, remembering } from './read-value.ts'
import type { ValueFault } from './values/result.ts'
import { folded } from './values/text.ts'

const unclearYes: ValueFault = {
  code: 'code.unknown',
  reason: '这一列问“是否”，数字看不出是单亲还是双亲留守，请写成非留守、单亲留守或双亲留守，或在列名里注明各数字的意思',
}

const roundedNumber: ValueFault = {
  code: 'id-number.lost-digits',
  reason: '这一列的号码末三位大多是 000，是被 Excel 存成数字后丢失的，请把这一列设为文本后重新录入',
}

/**
 * How the cells of a column are read: by its own legend first, where the heading explains its codes; a code that needs more
 * than the column says is refused. [T2]
 */
export function readerFor(column: MappedColumn): ReadValue {
  const field = column.field === 'score' ? undefined : fieldOf(column.field)
  const shape = field?.shape ?? 'score'
  const read = readerOf(shape, {
    ...(field?.longest ? { longest: field.longest } : {}),
    ...(column.inTenThousands ? { inTenThousands: true } : {}),
  })
  const legend = legendOf(shape, column.heading)
  if (legend) return remembering(shape, (text) => read(legend.get(folded(text)) ?? text))
  if (shape === 'left-behind' && asksWhether(column.heading))
    return remembering(shape, (text) => (/^[12]$/.test(folded(text)) ? { fault: unclearYes } : read(text)))
  if (column.rounded) return (text) => (text.endsWith('000') ? { fault: roundedNumber } : read(text))
  return remembering(shape, read)
}
