import {
  addRecord,
  attachFile,
  getAttachment,
  getRecord,
  keepRecordFrom,
  listHomeFindings,
  listMine,
  listRecordKeptFrom,
  listRecordKinds,
  listToReview,
  reviewRecord,
  withdrawRecord,
} from '#contract/records'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { addRecord as add, type Ledger } from './add-record.ts'
import { attachFile as attach } from './attach-file.ts'
import { getAttachment as open } from './get-attachment.ts'
import { getRecord as read } from './get-record.ts'
import { keepRecordFrom as keep, listRecordKeptFrom as keptFrom } from './keep-from.ts'
import { listHomeFindings as homeFindings } from './list-home-findings.ts'
import { listMine as mine } from './list-mine.ts'
import { listRecordKinds as kinds } from './list-record-kinds.ts'
import { listToReview as toReview } from './list-to-review.ts'
import { rememberSubjects } from './remember-subjects.ts'
import { reviewRecord as review } from './review-record.ts'
import { withdrawRecord as withdraw } from './withdraw-record.ts'

/** Endpoints of the ledger. */
export const served = (
  services: Services,
  registry: Registry,
  ledger: Ledger = { services, registry, memory: rememberSubjects() },
): Served[] => [
  serve(addRecord, ({ actor, params, body }) => add(ledger, actor, params.schoolId, body)),
  serve(listRecordKinds, async ({ actor }) => kinds(services, registry, actor)),
  serve(listToReview, ({ actor, query }) => toReview(services, registry, actor, query)),
  serve(listMine, ({ actor, query }) => mine(services, registry, actor, query)),
  serve(listHomeFindings, ({ actor, params }) => homeFindings(services, registry, actor, params)),
  serve(getRecord, ({ actor, params }) => read(services, registry, actor, params)),
  serve(reviewRecord, ({ actor, params }) => review(services, registry, actor, params)),
  serve(withdrawRecord, ({ actor, params, body }) => withdraw(services, registry, actor, params, body)),
  serve(listRecordKeptFrom, ({ actor, params }) => keptFrom(services, actor, params)),
  serve(keepRecordFrom, ({ actor, params, body }) => keep(services, actor, params, body)),
  serve(attachFile, ({ actor, params, upload }) => attach(services, registry, actor, params, upload)),
  serve(getAttachment, ({ actor, params }) => open(services, actor, params)),
]
