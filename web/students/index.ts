import type { ScreenRoute } from '#web/platform'

export {
  type FileSlots,
  FileSlotsProvider,
  type FileTab,
  type PickedStudent,
  type StudentFile,
  useFileSlots,
} from './file-slots.tsx'

export { GuardianChoice } from './guardian-choice.tsx'
export { UnitChoice } from './unit-choice.tsx'
export { useWhy, Why } from './why.tsx'
export { WhyDrawer } from './why-drawer.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/students',
    place: 'students',
    entry: true,
    screen: () => import('./students-page.tsx').then((part) => part.StudentsPage),
  },
  {
    path: '/students/$schoolId/$studentId',
    place: 'students',
    screen: () => import('./student-page.tsx').then((part) => part.StudentPage),
  },
]
