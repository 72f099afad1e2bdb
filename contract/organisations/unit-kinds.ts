/** Kinds of unit in the tree, from province to class. `school` kinds own students. [T2] */
export const unitKinds = {
  province: { label: '省', school: false },
  city: { label: '市', school: false },
  county: { label: '县(市、区)', school: false },
  office: { label: '机关科室', school: false },
  kindergarten: { label: '幼儿园', school: true },
  primary: { label: '小学', school: true },
  'teaching-point': { label: '教学点', school: true },
  junior: { label: '初中', school: true },
  'nine-year': { label: '九年一贯制学校', school: true },
  senior: { label: '高中', school: true },
  complete: { label: '完全中学', school: true },
  vocational: { label: '中职', school: true },
  'five-year-college': { label: '五年制高职', school: true },
  special: { label: '特殊教育学校', school: true },
  university: { label: '高校', school: true },
  college: { label: '二级学院', school: false },
  major: { label: '专业', school: false },
  grade: { label: '年级', school: false },
  class: { label: '班级', school: false },
} as const

export type UnitKind = keyof typeof unitKinds

/** True for units that own students' files. */
export const isSchoolKind = (kind: UnitKind): boolean => unitKinds[kind].school

/** Which kinds may stand below which: the tree's grammar. */
export const kindsBelow: Record<UnitKind, readonly UnitKind[]> = (() => {
  const schools = (Object.keys(unitKinds) as UnitKind[]).filter(isSchoolKind)
  return {
    province: [
      'city',
      'county',
      'office',
      'university',
      'five-year-college',
      ...schools.filter((kind) => kind === 'vocational' || kind === 'special'),
    ],
    city: ['county', 'office', ...schools],
    county: ['office', ...schools],
    office: [],
    kindergarten: ['class'],
    primary: ['class', 'grade', 'teaching-point'],
    'teaching-point': ['class', 'grade'],
    junior: ['class', 'grade'],
    'nine-year': ['class', 'grade'],
    senior: ['class', 'grade'],
    complete: ['class', 'grade'],
    vocational: ['class', 'grade', 'major'],
    'five-year-college': ['class', 'grade', 'college', 'major'],
    special: ['class', 'grade'],
    university: ['college'],
    college: ['major', 'class'],
    major: ['class'],
    grade: ['class'],
    class: [],
  }
})()

export const urbanLabels = { 1: '城区', 2: '镇区', 3: '乡村' } as const
