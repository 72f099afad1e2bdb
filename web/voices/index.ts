import type { ScreenRoute } from '#web/platform'

export { Letters } from './letters.tsx'
export { ReportPart } from './report-part.tsx'
export { WhichSchool } from './school-picker.tsx'

/** The address of letters, open to whoever is not signed in. */
export const letterPath = '/letter'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/flows/report-sheet/$schoolId/$caseId',
    place: 'flows',
    screen: () => import('./report-sheet-page.tsx').then((part) => part.ReportSheetPage),
  },
]
