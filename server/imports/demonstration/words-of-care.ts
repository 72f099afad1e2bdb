/** What made-up teachers write: plain sentences as they stand in a class teacher's notebook. Codes are those of the packs. */
export interface VisitWords {
  readonly minutes: number
  readonly present: readonly number[]
  readonly household_note: string
  readonly guardian_words: string
  readonly measures: string
}

export const visits: readonly VisitWords[] = [
  {
    minutes: 40,
    present: [3, 5],
    household_note: '平房三间,屋里收拾得干净,孩子有自己的书桌。父母在苏州务工,平时跟爷爷奶奶过。',
    guardian_words: '孩子回家话不多,请老师多鼓励他发言。',
    measures: '安排同桌结伴做作业,每周和孩子聊一次。',
  },
  {
    minutes: 35,
    present: [2, 5],
    household_note: '租住在镇上,母亲在服装厂上班,下班较晚,孩子放学后自己热饭。',
    guardian_words: '晚上顾不上看作业,想让孩子参加课后服务。',
    measures: '报名课后服务,由数学老师看作业。',
  },
  {
    minutes: 50,
    present: [1, 3, 5],
    household_note: '父亲腰伤在家休养,去年做过手术,家里由祖母操持,种三亩地。',
    guardian_words: '医药费报过一部分,盼着孩子把书念好。',
    measures: '讲解了临时补助的办法,下周把表送到家里。',
  },
  {
    minutes: 30,
    present: [2],
    household_note: '两个孩子都在本校,家里常年照料一位老人,支出主要在看病。',
    guardian_words: '谢谢老师跑这一趟,学校的补贴都收到了。',
    measures: '弟弟的作业由班主任互通,期末前再来一次。',
  },
  {
    minutes: 45,
    present: [4, 5],
    household_note: '由姑姑照料,住在村东,离学校步行二十分钟。孩子喜欢画画,墙上贴了不少。',
    guardian_words: '孩子懂事,就是想妈妈。',
    measures: '推荐参加美术社团,约定每周和妈妈视频一次。',
  },
]

export const calls: readonly string[] = [
  '父母都在外地,先在电话里说了近况,约好下月回来时上门。',
  '家里人临时出门,电话里说了期中情况,另约时间上门。',
]

export const traits: readonly { readonly strengths: string; readonly interests: string; readonly goals: string }[] = [
  { strengths: '动手能力强,愿意帮同学修文具', interests: '拼装模型', goals: '想学电工,将来开个修理铺' },
  { strengths: '记性好,背书快', interests: '朗读、讲故事', goals: '想当小学语文老师' },
  { strengths: '跑得快,肯坚持', interests: '田径、篮球', goals: '这学期进校田径队' },
  { strengths: '心细,会照顾弟弟妹妹', interests: '画画', goals: '想把画贴到教室后面' },
]

export const rewards: readonly { readonly form: number; readonly way: number; readonly title: string }[] = [
  { form: 3, way: 2, title: '十月进步之星' },
  { form: 5, way: 2, title: '县科技馆研学' },
  { form: 2, way: 1, title: '勤学文具包' },
]

export const talks: readonly { readonly topics: readonly number[]; readonly summary: string }[] = [
  { topics: [1, 5], summary: '近来作业交得齐,说晚上和奶奶一起听广播。约好下周带一本喜欢的书来。' },
  { topics: [2, 4], summary: '和同桌闹了点别扭,一起想了三句和好的话,当天就和好了。' },
  { topics: [1, 3], summary: '期中后有些泄气,一起看了卷子,发现错的多是粗心。定了一个小目标。' },
  { topics: [5, 7], summary: '爸爸下个月回来,很高兴。想在他回来前把字练好。' },
]

export const sessions: readonly { readonly concern: number; readonly content: string; readonly effect: number }[] = [
  { concern: 3, content: '补分数加减,用披萨纸片摆一摆,最后自己出了两道题。', effect: 2 },
  { concern: 1, content: '一起做情绪卡片,说出这一周最高兴和最担心的事各一件。', effect: 2 },
  { concern: 6, content: '和奶奶一起约定晚饭后半小时不看手机。', effect: 1 },
]
