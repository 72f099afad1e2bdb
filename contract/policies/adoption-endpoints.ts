import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})
const unitParams = z.object({ unitId: z.uuid() })
const adoptionParams = z.object({ unitId: z.uuid(), adoptionId: z.uuid() })
const issuer = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, '写政策包的代号,如 jiangsu')
const version = z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, '写版本号,如 1.0.0')
const who = z.object({ name: z.string(), at: z.string() }).nullable()

/** The largest pack that is taken in, all files together. */
export const largestPack = 1_000_000

const packFile = z.object({
  name: z
    .string()
    .max(40)
    .regex(/^[a-z]+\.yaml$/, '文件名如 who.yaml'),
  text: z.string().max(largestPack),
})
const packFiles = z.array(packFile).min(1).max(7)

export const packVersion = z.object({
  issuer: z.string(),
  name: z.string(),
  version: z.string(),
  extends: z.string().nullable(),
  rules: z.number().int(),
  recordedAt: z.string(),
  /** The office that handed it in; null for a pack shipped with the program. */
  handedInBy: z.string().nullable(),
  /** It may be opened in the author's form and handed in again under the next number. */
  editable: z.boolean(),
})

/** Who adopted what and when, here and above; and what could be adopted. */
export const listAdoptions = endpoint({
  name: 'policies.list-adoptions',
  method: 'GET',
  path: '/api/units/:unitId/adoptions',
  summary: '采用政策的经过:谁在哪天采用、撤回、终止了哪一版;以及可以采用的版本',
  params: unitParams,
  query: none,
  body: undefined,
  answer: z.object({
    unit: z.object({ id: z.uuid(), name: z.string() }),
    mayAdopt: z.boolean(),
    today: z.string(),
    adoptions: z.array(
      z.object({
        id: z.uuid(),
        unitId: z.uuid(),
        unitName: z.string(),
        issuer: z.string(),
        name: z.string(),
        version: z.string(),
        from: z.string(),
        until: z.string().nullable(),
        state: z.enum(['coming', 'in-force', 'replaced', 'ended', 'withdrawn']),
        adopted: who,
        withdrawn: who,
        ended: who,
      }),
    ),
    versions: z.array(packVersion),
  }),
})

/** Hands in a pack: checked as every pack is, kept beside the versions before it, not yet in force anywhere. */
export const uploadPack = endpoint({
  name: 'policies.upload-pack',
  method: 'POST',
  path: '/api/units/:unitId/packs',
  summary: '交一个政策包(或它的新版本):当场检查,有问题逐条指出;交了还不生效,采用之后才生效',
  params: unitParams,
  query: none,
  body: z.object({ files: packFiles }),
  answer: z.object({ issuer: z.string(), version: z.string(), rules: z.number().int() }),
})

/** Checks a pack as handing it in would, and writes nothing. */
export const checkPack = endpoint({
  name: 'policies.check-pack',
  method: 'POST',
  path: '/api/units/:unitId/packs/check',
  summary: '检查一个政策包,不保存',
  params: unitParams,
  query: none,
  body: z.object({ files: packFiles }),
  answer: z.object({
    problems: z.array(
      z.object({ file: z.string(), line: z.number().int(), rule: z.string().nullable(), sentence: z.string() }),
    ),
  }),
})

/** The files of a version, for whoever writes the next one. */
export const getPack = endpoint({
  name: 'policies.get-pack',
  method: 'GET',
  path: '/api/packs/:issuer/:version',
  summary: '一个政策包的文件和它所继承的政策包,供起草下一版',
  params: z.object({ issuer, version }),
  query: none,
  body: undefined,
  answer: z.object({
    issuer: z.string(),
    version: z.string(),
    files: z.array(packFile),
    /** Loaded packs it stands on, highest first, with itself last: as the form judges examples. */
    packs: z.array(z.record(z.string(), z.unknown())),
  }),
})

export const adoptPack = endpoint({
  name: 'policies.adopt-pack',
  method: 'POST',
  path: '/api/units/:unitId/adoptions',
  summary: '从某天起采用一个政策包的某一版;下级单位随之执行',
  params: unitParams,
  query: none,
  body: z.object({ id: z.uuid(), issuer, version, from: plainDate }),
  answer: z.object({ id: z.uuid() }),
})

export const withdrawAdoption = endpoint({
  name: 'policies.withdraw-adoption',
  method: 'POST',
  path: '/api/units/:unitId/adoptions/:adoptionId/withdrawal',
  summary: '在生效之前撤回采用',
  params: adoptionParams,
  query: none,
  body: none,
  answer: z.object({ id: z.uuid() }),
})

export const endAdoption = endpoint({
  name: 'policies.end-adoption',
  method: 'POST',
  path: '/api/units/:unitId/adoptions/:adoptionId/end',
  summary: '从某天起不再执行',
  params: adoptionParams,
  query: none,
  body: z.object({ on: plainDate }),
  answer: z.object({ id: z.uuid() }),
})

const side = z.object({ sentence: z.string(), cite: z.string() }).nullable()

/** Two versions of one pack, rule by rule, in plain words. */
export const comparePacks = endpoint({
  name: 'policies.compare-packs',
  method: 'GET',
  path: '/api/packs/:issuer/compare',
  summary: '比较同一政策包的两个版本:新增、修改、终止了哪些规则',
  params: z.object({ issuer }),
  query: z.object({ older: version, newer: version }),
  body: undefined,
  answer: z.object({
    issuer: z.string(),
    name: z.string(),
    kind: z.enum(['patch', 'minor', 'major']).nullable(),
    differences: z.array(
      z.object({
        change: z.enum(['added', 'figure', 'wording', 'changed', 'ended']),
        kind: z.enum(['who', 'duty', 'record', 'flow', 'count', 'guard']),
        ref: z.string(),
        label: z.string(),
        before: side,
        after: side,
      }),
    ),
  }),
})
