/** Words that would label a child before people who do not care for it. [C24] */
export const labelWords = ['贫困', '困难', '资助', '重点帮扶'] as const

/** The labelling words in a text, each once. */
export const wordsFoundIn = (text: string): string[] => labelWords.filter((word) => text.includes(word))
