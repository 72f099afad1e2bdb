/**
 * Words that must not stand in any text a person outside a student's care team can read: titles, messages, file names,
 * chips, activity names. [C24] A test scans every such text for them.
 */
export const wordsNeverShown = ['贫困', '困难', '资助', '重点帮扶'] as const

/** The first forbidden word in a text, if any. */
export const findLabellingWord = (text: string): string | undefined =>
  wordsNeverShown.find((word) => text.includes(word))
