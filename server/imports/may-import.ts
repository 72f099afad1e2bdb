import { kindOf, type ListKindId } from '#contract/imports'
import { isAtOrBelow } from '#contract/organisations'
import { isPost, type PostId, postLabel } from '#contract/people'
import { forbidden, type Refusal } from '#contract/platform'
import { mayImport } from '#contract/policies'
import type { Importing, Sender } from './importing.ts'

// A workbook names readers in its own words; a word that names no post of ours narrows nothing.
const named: readonly (readonly [RegExp, readonly PostId[]])[] = [
  [/心理/, ['psychology-teacher', 'county-psychology-officer']],
  [/分管|领导/, ['leader-in-charge', 'principal', 'county-leader']],
  [/校长|园长/, ['principal']],
  [/班主任/, ['class-teacher']],
  [/资助/, ['school-aid-officer', 'county-aid-officer']],
]

const postsNamed = (restriction: readonly string[]): Set<PostId> =>
  new Set(restriction.flatMap((word) => named.flatMap(([pattern, posts]) => (pattern.test(word) ? posts : []))))

/**
 * Why this sender may not import a list of this kind for a unit: the packs in force there name the posts, and a
 * workbook that names its own readers narrows them further. `imports.not-your-list`. [G3]
 */
export const whyNotImport = (
  { registry, services }: Importing,
  sender: Sender,
  unitPath: string,
  kind: ListKindId,
  restriction: readonly string[],
): Refusal | undefined => {
  if (sender.posts === null) return undefined
  const { rules } = registry.inForce(unitPath, services.today())
  const readers = postsNamed(restriction)
  const held = sender.posts.filter(({ unitPath: at }) => isAtOrBelow(unitPath, at)).map(({ post }) => post)
  const allowed = held.some(
    (post) => isPost(post) && mayImport(rules, post, kind) && (readers.size === 0 || readers.has(post)),
  )
  if (allowed) return undefined
  const said = restriction.length > 0 ? `表上写明仅限${restriction.join('、')},` : ''
  const who = held.map(postLabel).join('、') || '您的岗位'
  return forbidden(
    'imports.not-your-list',
    `《${kindOf(kind).label}》${said}不能由${who}导入,请交给有权限的人。文件没有保存。`,
  )
}
