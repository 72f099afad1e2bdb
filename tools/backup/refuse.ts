import { Refusal } from '#contract/platform'

/** A backup or a restore that is not made, with the sentence the operator reads. */
export const refuse = (code: string, sentence: string): Refusal => new Refusal(`backup.${code}`, sentence)
