export { DepartmentInput } from './department-input.tsx'
