export { mandatoryReportProcedure, mistreatmentProcedure, voiceProcedure } from './procedures.ts'
export { served } from './served.ts'
