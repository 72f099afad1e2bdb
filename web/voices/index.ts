export { Letters } from './letters.tsx'

/** The address of letters, open to whoever is not signed in. */
export const letterPath = '/letter'
