import type { ShownClass, ShownPlace, ShownRequest } from './shown-place.ts'

const jiangsu = { name: '江苏省', code: '320000', packs: ['national', 'jiangsu'] } as const

const campus = (college: string, major: string, name: string, grade: string, stage = '本科'): ShownClass => ({
  name,
  stage,
  grade,
  above: [
    { kind: 'college', name: college },
    { kind: 'major', name: major },
  ],
})

const visited = { household_note: '家里都好,孩子说想多看书。' }

const leave: ShownRequest = {
  flow: 'standing',
  move: 'ask',
  by: 'counsellor',
  whom: 1,
  content: { change: 1, ground: '骨折住院,医生建议休养一学期。' },
}
const sudden: ShownRequest = {
  flow: 'emergency-aid',
  move: 'report',
  by: 'class-teacher',
  whom: 0,
  content: { cause: 5, facts: '昨夜灶间起火,人都平安,被褥和书本烧了。', needs: '被褥、书本', family: 1 },
}
const care = (whom: number, facts: string): ShownRequest => ({
  flow: 'care-listing',
  move: 'request',
  by: 'class-teacher',
  whom,
  content: { facts, care: '每周谈心一次,课后辅导两次' },
})

/** One place under each pack that the demonstration county does not live under. Nobody in them exists. */
export const shownPlaces: readonly ShownPlace[] = [
  {
    issuer: 'shaanxi',
    loginName: 'shaanxi',
    officer: '秦知行',
    post: 'county-aid-officer',
    province: { name: '陕西省', code: '610000', packs: ['national', 'shaanxi'] },
    city: { name: '渭川市', code: '619900', packs: [] },
    county: { name: '清河县', code: '619901', packs: [] },
    schools: [
      {
        name: '清河县城关小学',
        kind: 'primary',
        classes: [
          { name: '2023级1班', stage: '小学', grade: '三年级' },
          { name: '2021级1班', stage: '小学', grade: '五年级' },
        ],
      },
      {
        name: '清河县第一初级中学',
        kind: 'junior',
        classes: [
          { name: '2024级1班', stage: '初中', grade: '八年级' },
          { name: '2023级1班', stage: '初中', grade: '九年级' },
        ],
      },
    ],
    absences: true,
    mentored: 0,
    acts: [
      { record: 'care-ask', by: 'class-teacher', daysAgo: 0, fields: { state: 1 } },
      { record: 'care-ask', by: 'class-teacher', whom: 1, daysAgo: 1, fields: { state: 4, note: '家长来电请假' } },
      {
        record: 'care-request',
        by: 'class-teacher',
        whom: 2,
        daysAgo: 2,
        fields: { from: 2, request: '想换到离门近的宿舍' },
      },
      { record: 'principal-meet', by: 'principal', daysAgo: 1, fields: { way: 2, points: '一起吃午饭,聊聊近况' } },
    ],
    requests: [care(1, '近两个月常独自坐着,作业交不齐。'), care(2, '奶奶住院,晚上一个人在家。'), sudden],
  },
  {
    issuer: 'suzhou-university',
    loginName: 'suzhou',
    officer: '吴清和',
    post: 'school-aid-officer',
    province: jiangsu,
    schools: [
      {
        name: '姑苏大学',
        kind: 'university',
        classes: [
          campus('文学院', '汉语言文学', '中文2301', '三年级'),
          campus('文学院', '新闻学', '新闻2401', '二年级'),
          campus('计算机学院', '软件工程', '软件2501', '一年级'),
          campus('计算机学院', '人工智能', '智能2201', '四年级'),
        ],
      },
    ],
    absences: false,
    mentored: 5,
    acts: [
      {
        record: 'home-visit',
        by: 'counsellor',
        whom: 0,
        daysAgo: 3,
        mode: 3,
        fields: { ...visited, told: [2, 3], asked: [1, 6], findings: [2, 3] },
      },
      {
        record: 'home-visit',
        by: 'counsellor',
        whom: 1,
        daysAgo: 20,
        mode: 1,
        fields: { ...visited, told: [1], asked: [2], findings: [1] },
      },
    ],
    requests: [leave],
  },
  {
    issuer: 'jiangsu-normal-university',
    loginName: 'shida',
    officer: '彭思齐',
    post: 'school-aid-officer',
    province: jiangsu,
    schools: [
      {
        name: '云龙师范大学',
        kind: 'university',
        classes: [
          campus('教育学院', '小学教育', '小教2301', '三年级'),
          campus('教育学院', '学前教育', '学前2401', '二年级'),
          campus('物理学院', '物理学', '物理2201', '四年级'),
        ],
      },
    ],
    absences: false,
    mentored: 0,
    acts: [
      { record: 'home-visit', by: 'counsellor', whom: 0, daysAgo: 2, mode: 1, fields: { ...visited, findings: [2] } },
      { record: 'home-visit', by: 'counsellor', whom: 1, daysAgo: 30, mode: 2, fields: { ...visited, findings: [1] } },
    ],
    requests: [leave],
  },
  {
    issuer: 'changshu-institute-of-technology',
    loginName: 'changshu',
    officer: '言仲礼',
    post: 'school-aid-officer',
    province: jiangsu,
    schools: [
      {
        name: '虞山理工学院',
        kind: 'university',
        classes: [
          campus('机械工程学院', '机械设计', '机械2501', '一年级'),
          campus('机械工程学院', '智能制造', '制造2301', '三年级'),
          campus('经济管理学院', '会计学', '会计2401', '二年级'),
        ],
      },
    ],
    absences: false,
    mentored: 0,
    acts: [
      { record: 'state-note', by: 'counsellor', whom: 0, daysAgo: 2, fields: { state: 3, aspects: [2, 4] } },
      { record: 'state-note', by: 'counsellor', whom: 1, daysAgo: 4, fields: { state: 1 } },
      { record: 'home-visit', by: 'counsellor', whom: 1, daysAgo: 12, mode: 3, fields: visited },
    ],
    requests: [leave],
  },
  {
    issuer: 'jiangsu-union-vocational',
    loginName: 'lianyuan',
    officer: '江砺行',
    post: 'school-aid-officer',
    province: jiangsu,
    schools: [
      {
        name: '江城联合职业技术学院',
        kind: 'five-year-college',
        classes: [
          campus('机电学院', '数控技术', '数控2201', '四年级', '五年制高职'),
          campus('机电学院', '数控技术', '数控2101', '五年级', '五年制高职'),
          campus('商贸学院', '电子商务', '电商2401', '二年级', '五年制高职'),
        ],
      },
    ],
    absences: false,
    visitFirst: true,
    mentored: 0,
    acts: [
      {
        record: 'career-guidance',
        by: 'class-teacher',
        whom: 0,
        daysAgo: 6,
        fields: { areas: [1, 4], content: '看了三家企业,写了一页打算。' },
      },
    ],
    requests: [leave],
  },
  {
    issuer: 'xuzhou',
    loginName: 'xuzhou',
    officer: '刘怀远',
    post: 'county-aid-officer',
    province: jiangsu,
    city: { name: '徐州市', code: '320300', packs: ['xuzhou'] },
    county: { name: '彭北县', code: '329931', packs: [] },
    schools: [
      {
        name: '彭北县实验小学',
        kind: 'primary',
        classes: [
          { name: '2022级1班', stage: '小学', grade: '四年级' },
          { name: '2020级1班', stage: '小学', grade: '六年级' },
        ],
      },
      {
        name: '彭北县第二初级中学',
        kind: 'junior',
        classes: [{ name: '2024级1班', stage: '初中', grade: '八年级' }],
      },
    ],
    absences: false,
    mentored: 0,
    acts: [
      {
        record: 'community-contact',
        by: 'principal',
        whom: 0,
        daysAgo: 2,
        fields: { community: '湖东村委会', change: [2], told_by: '村主任' },
      },
      {
        record: 'home-visit',
        by: 'class-teacher',
        whom: 1,
        daysAgo: 9,
        mode: 1,
        fields: { ...visited, home_life: '作息规律,放学先写作业。', home_education: '由奶奶照看,每晚视频。' },
      },
    ],
    requests: [care(1, '父母都在外,周末没有人照看。'), sudden],
  },
  {
    issuer: 'zaoyang',
    loginName: 'zaoyang',
    officer: '楚云山',
    post: 'county-aid-officer',
    province: { name: '湖北省', code: '420000', packs: ['national'] },
    city: { name: '襄川市', code: '429900', packs: [] },
    county: { name: '枣林市', code: '429901', packs: ['zaoyang'] },
    schools: [
      {
        name: '白水镇中心小学',
        kind: 'primary',
        classes: [
          { name: '2023级1班', stage: '小学', grade: '三年级' },
          { name: '2022级1班', stage: '小学', grade: '四年级' },
          { name: '2021级1班', stage: '小学', grade: '五年级' },
        ],
      },
    ],
    absences: true,
    mentored: 4,
    acts: [
      {
        record: 'talk',
        by: 'mentor',
        whom: 0,
        daysAgo: 1,
        mode: 1,
        fields: { topics: [1, 2], summary: '说了说这周的书。' },
      },
      {
        record: 'home-visit',
        by: 'class-teacher',
        whom: 0,
        daysAgo: 8,
        mode: 1,
        fields: { ...visited, school_feedback: '上课专心。', home_feedback: '盼多读书。' },
      },
    ],
    requests: [sudden],
  },
]
