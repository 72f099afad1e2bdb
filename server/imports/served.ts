import * as endpoints from '#contract/imports'
import { type Served, serve } from '#server/platform'
import { cancelImport } from './cancel-import.ts'
import { decideMatch } from './decide-match.ts'
import { downloadRefused } from './download-refused.ts'
import { downloadRemainder } from './download-remainder.ts'
import { getImport } from './get-import.ts'
import type { Importing } from './importing.ts'
import { listImportRows } from './list-import-rows.ts'
import { listImports } from './list-imports.ts'
import { listMatches } from './list-matches.ts'
import { requestCommit } from './request-commit.ts'
import { requestPreview } from './request-preview.ts'
import { uploadImport } from './upload-import.ts'

/** Importing, as the API offers it. */
export const served = (importing: Importing): Served[] => [
  serve(endpoints.uploadImport, ({ actor, params, query, upload }) =>
    uploadImport(importing, actor, { ...params, ...query, upload }),
  ),
  serve(endpoints.listImports, ({ actor, query }) => listImports(importing, actor, query.page)),
  serve(endpoints.getImport, ({ actor, params }) => getImport(importing, actor, params.importId)),
  serve(endpoints.previewImport, ({ actor, params, body }) => requestPreview(importing, actor, params.importId, body)),
  serve(endpoints.listImportRows, ({ actor, params, query }) =>
    listImportRows(importing, actor, params.importId, query),
  ),
  serve(endpoints.commitImport, ({ actor, params }) => requestCommit(importing, actor, params.importId)),
  serve(endpoints.cancelImport, ({ actor, params }) => cancelImport(importing, actor, params.importId)),
  serve(endpoints.downloadRefused, ({ actor, params }) => downloadRefused(importing, actor, params.importId)),
  serve(endpoints.downloadRemainder, ({ actor, params, query }) =>
    downloadRemainder(importing, actor, params.importId, query.side),
  ),
  serve(endpoints.listMatches, ({ actor, params, query }) =>
    listMatches(importing, actor, params.importId, query.verdict),
  ),
  serve(endpoints.decideMatch, ({ actor, params, body }) =>
    decideMatch(importing, actor, params.importId, body.decisions),
  ),
]
