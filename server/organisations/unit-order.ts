/**
 * In which order units right below one stand, in every list and table alike: what a table for others leaves out, the next
 * finds by the same order. `row` is the name the units have in the statement. [T2 G3]
 */
export const unitOrder = (row: string): string => `${row}.sort, ${row}.grade, ${row}.name_order, ${row}.id`
