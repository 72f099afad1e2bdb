import { uuidv7 } from 'uuidv7'

/** A new id, made by whoever writes, so that sending twice stores once. */
export const newId = (): string => uuidv7()
