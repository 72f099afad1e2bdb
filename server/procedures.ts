import { emergencyProcedure, listingProcedure } from '#server/care'
import type { Procedure } from '#server/flows'
import { standingProcedure, transferProcedure } from '#server/schooling'
import { mandatoryReportProcedure, mistreatmentProcedure, voiceProcedure } from '#server/voices'

/** Every procedure of the product, each declared by its capability. */
export const procedures: readonly Procedure[] = [
  listingProcedure,
  emergencyProcedure,
  voiceProcedure,
  mistreatmentProcedure,
  mandatoryReportProcedure,
  transferProcedure,
  standingProcedure,
]
