export { careTab } from './care-tab.tsx'
export { MyStudentsPanel } from './my-students-panel.tsx'
