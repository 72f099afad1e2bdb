import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ManifestContent, Part } from './manifest.ts'
import { fileListName } from './manifest.ts'
import { refuse } from './refuse.ts'
import { flush, measuring } from './sealed-part.ts'

const stored = /^([0-9a-f]{2})([0-9a-f]{2})[0-9a-f]{60}$/
const listed = /^([0-9a-f]{64}) (\d{1,12}) ([0-9a-f]{64})$/

/** Where a stored file lies below its folder; drafts of uploads under way have other names and are left alone. */
const placeOf = (name: string): string | undefined => {
  const parts = stored.exec(name)
  return parts ? join(parts[1] ?? '', parts[2] ?? '', name) : undefined
}

async function* storedFiles(folder: string): AsyncGenerator<string> {
  if (!existsSync(folder)) return
  const names = await readdir(folder, { recursive: true })
  for (const path of names.sort()) {
    const name = path.split(/[/\\]/).at(-1) ?? ''
    if (placeOf(name) === path) yield name
  }
}

const copyOne = async (from: string, to: string): Promise<Omit<Part, 'path'>> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const { step, told } = measuring()
  await pipeline(createReadStream(from), step, createWriteStream(to, { mode: 0o600, flags: 'wx' }))
  await flush(to)
  return told()
}

/** Copies the encrypted attachments as they are; answers the list of them as a part of the backup. */
export const copyFilesOut = async (filesFolder: string, to: string): Promise<ManifestContent['files']> => {
  const lines: string[] = []
  for await (const name of storedFiles(filesFolder)) {
    const place = placeOf(name) ?? ''
    const { bytes, sha256 } = await copyOne(join(filesFolder, place), join(to, 'files', place))
    lines.push(`${name} ${bytes} ${sha256}\n`)
  }
  const text = lines.join('')
  const path = join(to, fileListName)
  writeFileSync(path, text, { mode: 0o600 })
  await flush(path)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { path: fileListName, bytes: Buffer.byteLength(text), sha256, count: lines.length }
}

/** Attachments of a backup as parts; the list itself must have been verified. */
export const listFiles = (from: string): readonly Part[] =>
  readFileSync(join(from, fileListName), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', bytes, sha256 = ''] = listed.exec(line) ?? []
      const place = placeOf(name)
      if (!place) throw refuse('damaged', `备份里的附件清单 ${fileListName} 已损坏,没有恢复任何内容;请换另一份备份。`)
      return { path: join('files', place), bytes: Number(bytes), sha256 }
    })

/** Copies verified attachments into a data folder. */
export const copyFilesIn = async (from: string, parts: readonly Part[], dataFolder: string): Promise<void> => {
  for (const part of parts) {
    const { sha256 } = await copyOne(join(from, part.path), join(dataFolder, part.path))
    if (sha256 !== part.sha256) throw refuse('damaged', `备份里的文件 ${part.path} 在恢复当中变了,请重新恢复。`)
  }
}

/** Reads a part and refuses when one byte of it is not as the manifest says. */
export const verifyPart = async (from: string, part: Part): Promise<void> => {
  const path = join(from, part.path)
  const gone = refuse('damaged', `备份缺少文件 ${part.path},没有恢复任何内容;请换另一份备份。`)
  if (!existsSync(path)) throw gone
  const changed = refuse('damaged', `备份里的文件 ${part.path} 已损坏,没有恢复任何内容;请换另一份备份。`)
  if (statSync(path).size !== part.bytes) throw changed
  const sum = createHash('sha256')
  for await (const piece of createReadStream(path)) sum.update(piece)
  if (sum.digest('hex') !== part.sha256) throw changed
}
