export { type Jobs, type JobsWishes, startJobs, type Task, type Try } from './start-jobs.ts'
