/**
 * SQL pieces on who is in post where; `today` is the place of the day's parameter.
 * A post over a student is held at the student's class or any unit above it.
 */

/** Paths of a unit and all above it, from its path. */
export const pathsUpTo = (path: string): string =>
  `(array(select left(${path}, n) from generate_series(1, length(${path})) n where substr(${path}, n, 1) = '.')::text[])`

/** True where none of the posts is held over the path; true for an empty list. */
export const nobodyHolds = (posts: string, path: string, today: string): string =>
  `(cardinality(${posts}) = 0 or not exists (select from units vu join appointments va on va.unit_id = vu.id
      where vu.path = any(${pathsUpTo(path)}) and va.post = any(${posts})
        and va.from_date <= ${today} and (va.until_date is null or va.until_date > ${today})))`

/** True where the student has a mentor; `only` limits it to one person. */
export const hasMentor = (student: string, today: string, only?: string): string =>
  `exists (select from pairings vp where vp.school_id = ${student}.school_id and vp.student_id = ${student}.student_id
      ${only ? `and vp.mentor_id = ${only}` : ''}
      and vp.from_date <= ${today} and (vp.until_date is null or vp.until_date > ${today}))`

/** Name of the nearest person in a post over the path. */
export const nearestHolder = (post: string, path: string, today: string): string =>
  `(select vn.name from units vu join appointments va on va.unit_id = vu.id join people vn on vn.id = va.person_id
      where vu.path = any(${pathsUpTo(path)}) and va.post = ${post}
        and va.from_date <= ${today} and (va.until_date is null or va.until_date > ${today})
      order by length(vu.path) desc, va.from_date limit 1)`

/**
 * Nearest person in each post held at one of these paths (`pathsUpTo`), as a JSON object of names by post; null when none is held. An
 * appointment's scope is its unit's path: found by it, a large school's other posts are not read.
 */
export const nearestHolders = (paths: string, today: string): string =>
  `(select json_object_agg(vh.post, vh.name) from (select distinct on (va.post) va.post, vn.name
      from appointments va join people vn on vn.id = va.person_id
      where va.scope = any(${paths})
        and va.from_date <= ${today} and (va.until_date is null or va.until_date > ${today})
      order by va.post, length(va.scope) desc, va.from_date) vh)`

/** Names of a student's mentors. */
export const mentorNames = (student: string, today: string): string =>
  `(select string_agg(vp.mentor_name, '、' order by vp.from_date) from pairings vp
      where vp.school_id = ${student}.school_id and vp.student_id = ${student}.student_id
        and vp.from_date <= ${today} and (vp.until_date is null or vp.until_date > ${today}))`

/** Names of those who hold a post for a student `student` (school_id, student_id, scope); the post is written in code or packs. */
export const holderOf = (post: string, student: string, today: string): string => {
  if (post === 'mentor') return mentorNames(student, today)
  if (!/^[a-z-]+$/.test(post)) throw new Error('a post is a word of ours')
  return nearestHolder(`'${post}'`, `${student}.scope`, today)
}
