export const outcomeLabels = { done: '办理', read: '查看', exported: '导出', refused: '被拒绝' } as const
export type AuditOutcome = keyof typeof outcomeLabels

export const isAuditOutcome = (text: string): text is AuditOutcome => Object.hasOwn(outcomeLabels, text)

const actions: Readonly<Record<string, string>> = {
  'people.sign-in': '登录',
  'people.sign-out': '退出登录',
  'people.appoint': '任命岗位',
  'people.end-appointment': '免去岗位',
  'people.give-account': '开通账号',
  'people.reset-password': '重置密码',
  'people.stop-account': '停用账号',
  'people.reopen-account': '恢复账号',
  'people.change-password': '修改密码',
  'people.list-audit': '查看审计',
  'organisations.open-unit': '新设单位',
  'organisations.change-unit': '变更单位',
  'organisations.establish-body': '登记中心或领导小组',
  'students.get-student': '打开学生档案',
  'students.list-students': '查看学生列表',
  'students.reveal': '查看证件号或电话',
  'students.set-contact': '登记孩子身边的人',
  'records.add-record': '登记记录',
  'records.get-record': '打开记录',
  'records.attach-file': '上传附件',
  'records.get-attachment': '查看附件',
  'records.review-record': '审核记录',
  'records.withdraw-record': '撤回记录',
  'recognition.recognise': '认定等级',
  'recognition.adjust': '调整等级或退出',
  'recognition.decide-key-listing': '决定重点对象',
  'mentoring.pair': '配导师',
  'mentoring.end-pairing': '结束结对',
  'policies.upload-pack': '交来政策包',
  'policies.adopt-pack': '采用政策',
  'counts.get-coverage': '查看覆盖率',
  'counts.list-missing': '查看未完成名单',
  'counts.export-missing': '导出未完成名单',
  'counts.export-coverage': '导出覆盖率',
  'imports.create-county': '建立县级单位',
  'imports.upload': '交来名单',
  'imports.preview': '核对名单',
  'imports.commit': '写入名单',
  'imports.cancel': '取消导入',
  'imports.decide-match': '核对有疑问的行',
  'imports.download-refused': '下载退回的行',
  'imports.download-remainder': '导出名单差异',
}

/** An operation in the offices' words; one we have no word for keeps its own name, so that nothing is hidden. */
export const actionWord = (action: string): string => actions[action] ?? action
