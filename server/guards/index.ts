export { whyNotNamed } from './why-not-named.ts'
export { wordsWithheld } from './words-withheld.ts'
