import { emergencyProcedure, followUpProcedure, listingProcedure } from '#server/care'
import type { Procedure } from '#server/flows'
import { objectionProcedure, roundProcedure } from '#server/recognition'
import { handOverProcedure } from '#server/referrals'
import { standingProcedure, transferProcedure } from '#server/schooling'
import { mandatoryReportProcedure, mistreatmentProcedure, voiceProcedure } from '#server/voices'

/** Every procedure of the product, each declared by its capability. */
export const procedures: readonly Procedure[] = [
  roundProcedure,
  objectionProcedure,
  listingProcedure,
  emergencyProcedure,
  followUpProcedure,
  handOverProcedure,
  voiceProcedure,
  mistreatmentProcedure,
  mandatoryReportProcedure,
  transferProcedure,
  standingProcedure,
]
