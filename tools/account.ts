import { giveAccount } from '#contract/people'
import { Refusal } from '#contract/platform'
import { openAccountFromShell } from '#server/people'
import { seesOf } from '#server/policies'
import { isStartFault } from '../server/platform/data-folder/index.ts'
import { findUnit, makeCounty } from './shell/find-unit.ts'
import { openProgram } from './shell/open-program.ts'
import { readOptions } from './shell/read-options.ts'

const usage = `用法:npm run account -- --unit <标识码或名称> --name 张三 --login zhangsan [选项]
  --unit            所在单位:标识码、行政区划代码或名称
  --name            姓名;单位里还没有这个人时,同时登记
  --login           账号
  --post            岗位,默认 administrator(管理员)
  --create-county   数据库里还没有这个县时,先建立:--create-county 名称 --region-code 六位代码 [--packs national,jiangsu]`

const options = {
  unit: { type: 'string' },
  name: { type: 'string' },
  login: { type: 'string' },
  post: { type: 'string', default: 'administrator' },
  'create-county': { type: 'string' },
  'region-code': { type: 'string' },
  packs: { type: 'string' },
  help: { type: 'boolean' },
} as const

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const loginNameFrom = (text: string): string => {
  const read = giveAccount.body.safeParse({ loginName: text })
  if (read.success) return read.data.loginName
  throw new Refusal('people.bad-login-name', `${read.error.issues[0]?.message ?? '账号不合规则'}。`, 'invalid')
}

const run = async (): Promise<number> => {
  const { values } = readOptions({ options })
  const { unit: wanted, name, login, post } = values
  if (values.help || !wanted || !name?.trim() || !login) {
    say(usage)
    return values.help ? 0 : 2
  }
  const loginName = loginNameFrom(login)
  const { program, close } = await openProgram()
  try {
    const county = values['create-county']
    if (county) await makeCounty(program, county, values['region-code'] ?? '', values.packs ?? 'national')
    const unit = await findUnit(program, wanted)
    const { door, today } = program.services
    const wish = { unitId: unit.id, name: name.trim().slice(0, 60), loginName, post }
    const { password } = await door.asJob('importer', (db) =>
      openAccountFromShell(db, wish, seesOf(program.registry, today), today()),
    )
    say(`已为${unit.name} ${wish.name} 开通账号`)
    say(`  账号        ${loginName}`)
    say(`  一次性密码  ${password}`)
    say('密码只显示这一次;第一次登录时必须改成自己的密码。')
    return 0
  } finally {
    await close()
  }
}

const sentenceOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.sentence
  if (isStartFault(error)) return error.sentence
  return `没有成功:${error instanceof Error ? error.message : '原因不明'}。什么都没有写入。`
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`)
    process.exit(1)
  },
)
