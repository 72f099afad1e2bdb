export { routes } from './routes.ts'
export { SessionGate } from './session-gate.tsx'
export { SessionLostDialog } from './session-lost-dialog.tsx'
export { signOut } from './sign-out.ts'
