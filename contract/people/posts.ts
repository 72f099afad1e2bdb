/**
 * The posts a person may hold by an appointment at a unit, and that rules may name: who acts, who may open a list, who
 * may import. One person may hold several. [T7]
 */
export const posts = {
  'county-aid-officer': '教育部门资助专干',
  'county-cadre': '局机关干部',
  'county-leader': '教育部门分管领导',
  'county-psychology-officer': '教育部门心理专干',
  'school-aid-officer': '学校资助专干',
  principal: '校(园)长',
  'leader-in-charge': '分管校领导',
  'class-teacher': '班主任',
  counsellor: '辅导员',
  mentor: '导师',
  'psychology-teacher': '心理教师',
  'careers-teacher': '就业教师',
  teacher: '教师',
  'partner-officer': '联动部门联络员',
  'community-worker': '社区工作者',
  auditor: '审计员',
  administrator: '管理员',
} as const

export type PostId = keyof typeof posts

export const postIds = Object.keys(posts) as readonly PostId[]

/** Staff of other departments and communities: they see no student, only the cases laid on the desk of their own office. [Z3 X8] */
export const partnerPosts = ['partner-officer', 'community-worker'] as const satisfies readonly PostId[]

/** Whether a word found in a file or a setting names a post. */
export function isPost(word: string): word is PostId {
  return Object.hasOwn(posts, word)
}

/** The Chinese name of a post; a post of a pack we no longer know keeps its id. */
export const postLabel = (post: string): string => (isPost(post) ? posts[post] : post)
