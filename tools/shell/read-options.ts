import { type ParseArgsConfig, parseArgs } from 'node:util'

const sentenceFor = (code: string | undefined, message: string): string => {
  const word = /'([^' ]+)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `没有 ${word} 这个选项,加 --help 看用法`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `多写了“${word}”,加 --help 看用法`
  return `选项 ${word} 后面缺了内容,或多写了内容,加 --help 看用法`
}

/** Reads the words behind a command as `node:util` does; what it does not know or misses is refused in one Chinese sentence. */
export const readOptions = <T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> => {
  try {
    return parseArgs(config)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error
    throw new Error(sentenceFor(code, message))
  }
}
