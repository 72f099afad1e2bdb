import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { relationsOver, whyNotPermitted } from '#contract/people'
import { served as archive } from '#server/archive'
import { served as care } from '#server/care'
import { served as counts, followPairings, followProgress } from '#server/counts'
import { served as duties, nextDuesFrom, openDuties, type Plans } from '#server/duties'
import { served as family } from '#server/family'
import {
  type Engine,
  served as flows,
  followPosts,
  keepClocks,
  openEngine,
  type Procedure,
  type RelationsOver,
  settleDesks,
  tellPeople,
  whenFamilyLinked,
} from '#server/flows'
import { whyNotNamed, wordsWithheld } from '#server/guards'
import { type Importing, importCrontab, served as imports, importTasks } from '#server/imports'
import { served as mentoring, pairingChanged } from '#server/mentoring'
import {
  type Channels,
  keepSending,
  type Messaging,
  served as messages,
  messagesCrontab,
  messageTasks,
} from '#server/messages'
import { served as organisations, unitChanged } from '#server/organisations'
import { keepSealing, served as people } from '#server/people'
import {
  type Actor,
  buildServer,
  isCluster,
  openDoor,
  openEvents,
  openFileStore,
  openPool,
  rememberActors,
  type Secrets,
  type Served,
  type Services,
  today,
} from '#server/platform'
import {
  centresAt,
  classesAt,
  openRegistry,
  served as policies,
  policyTasks,
  type Registry,
  readShippedPacks,
  reclassify,
  seesOf,
} from '#server/policies'
import { served as recognition } from '#server/recognition'
import { served as records } from '#server/records'
import { served as referrals } from '#server/referrals'
import { served as schooling } from '#server/schooling'
import { served as students } from '#server/students'
import { served as voices } from '#server/voices'
import { demonstrationSignIns, type Loading, loadDemonstration } from './demonstration.ts'
import { nightlyCrontab, nightlyTasks } from './nightly.ts'
import { type Jobs, startJobs } from './platform/jobs/index.ts'
import { procedures } from './procedures.ts'

/** Where one running program stands: its database, keys and files. */
export interface Ground {
  /** Address of the schema's owner, for the job queue; without it no background work runs. */
  readonly jobsUrl?: string
  readonly appUrl: string
  readonly workerUrl: string
  readonly secrets: Secrets
  readonly filesFolder: string
  readonly log: Logger
  readonly demo: boolean
  readonly version: string
  readonly secure: boolean
  readonly webFolder?: string
  /** Fixed in tests; the clock of Shanghai otherwise. */
  readonly today?: () => string
  /** The present instant for clocks in hours and days; fixed in tests. */
  readonly now?: () => Date
  /** Procedures beside the product's own: tests try the engine with theirs. */
  readonly procedures?: readonly Procedure[]
  readonly connections?: number
  /** Ways by which messages leave the program; none when absent. */
  readonly channels?: Channels
}

/** A program put together but not yet listening. */
export interface Program {
  readonly services: Services
  readonly registry: Registry
  readonly plans: Plans
  readonly engine: Engine
  readonly served: readonly Served[]
  readonly app: FastifyInstance
  /** The actor behind a session, as requests see it. */
  readonly recall: (sessionHash: string) => Promise<Actor>
  /** Loads the demonstration county into an empty database; `loading` is told before the first row and after the last. */
  readonly prepare: (say: (line: string) => void, loading?: Loading) => Promise<void>
  /** Lines telling the demonstration sign-ins. */
  readonly signIns: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** Puts the capabilities together over one database: the only file that knows them all. What was opened is closed when a part fails. */
export const compose = async (ground: Ground): Promise<Program> => {
  const opened: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    return await putTogether(ground, opened, close)
  } catch (error) {
    await close()
    throw error
  }
}

const relationTo: RelationsOver = (doer, studentId) => {
  const relation = relationsOver(doer, studentId)
  return relation ? [relation] : []
}

// Clocks in hours are looked at every minute; a minute missed while the program was off is made up by the next.
const clocksCrontab =
  '* * * * * keep-clocks ?max=1&jobKey=keep-clocks\n40 16 * * * settle-desks ?fill=7d&jobKey=settle-desks'

const putTogether = async (
  ground: Ground,
  opened: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Program> => {
  let ending = false
  // A connection given back may still be on its way out when its database ends.
  const onPoolError = (error: Error) => {
    if (!ending) ground.log.warn({ code: (error as { code?: string }).code }, 'database connection lost')
  }
  const peoplePool = openPool(ground.appUrl, ground.connections ?? 20, onPoolError)
  // Every step of a case is written as a job: with six of them families wait for each other on the last day of a round.
  const jobsPool = openPool(ground.workerUrl, ground.connections ?? 16, onPoolError)
  opened.push(() => {
    ending = true
    return Promise.all([peoplePool.end(), jobsPool.end()])
  })
  const gate = openDoor(peoplePool, jobsPool, async (actor) => actor)
  const memory = rememberActors(gate.asGate)
  const door = openDoor(peoplePool, jobsPool, memory.reload, await isCluster(gate))
  let work: Jobs | undefined
  const services: Services = {
    door,
    secrets: ground.secrets,
    files: openFileStore(ground.filesFolder, ground.secrets),
    log: ground.log,
    events: openEvents(),
    today: ground.today ?? today,
    enqueue: (task, payload, key) => {
      if (!work) throw new Error('no background work runs in this program')
      return work.enqueue(task, payload, key)
    },
    demo: ground.demo,
  }
  const registry = await openRegistry(door, readShippedPacks(), (line) => ground.log.warn({ part: 'policies' }, line))
  const plans = await openDuties(services, registry)
  followProgress(services, plans)
  services.events.when(pairingChanged, (db, { schoolId, schoolPath, studentId }) =>
    followPairings(plans)(db, { schoolId, schoolPath, studentIds: [studentId], today: services.today() }),
  )
  // A school that moved may stand under other rules.
  services.events.when(unitChanged, (db, { schoolIds }) =>
    reclassify(db, { registry, events: services.events }, { schoolIds, on: services.today(), back: 'importer' }),
  )
  const engine = openEngine(services, registry, relationTo, [...procedures, ...(ground.procedures ?? [])], ground.now)
  tellPeople(engine)
  const importing: Importing = { services, registry }
  const withheld = wordsWithheld(
    registry,
    engine.procedures.map(({ flow }) => flow),
  )
  const messaging: Messaging = { services, channels: ground.channels ?? {}, withheld, now: () => new Date() }
  if (ground.jobsUrl) {
    work = await startJobs({
      ownerUrl: ground.jobsUrl,
      tasks: {
        ...importTasks(importing),
        ...policyTasks(services, registry),
        ...messageTasks(messaging),
        ...nightlyTasks({ services, registry, plans }),
        'settle-desks': async () => void (await services.door.asJob('importer', (db) => settleDesks(db, engine))),
        'keep-clocks': async () => void (await keepClocks(engine)),
      },
      crontab: [importCrontab, messagesCrontab, nightlyCrontab, clocksCrontab].join('\n'),
      log: ground.log,
    })
    opened.push(() => work?.stop() ?? Promise.resolve())
    opened.push(keepSealing(services))
    opened.push(keepSending(services))
  }
  const served: Served[] = [
    ...organisations(services, whyNotPermitted),
    ...people(services, seesOf(registry, services.today), centresAt(registry, services.today)),
    ...students(
      services,
      seesOf(registry, services.today),
      classesAt(registry, services.today),
      whyNotNamed(registry, services.today),
    ),
    ...messages(messaging),
    ...policies(services, registry, whyNotNamed(registry, services.today)),
    ...records(services, registry),
    ...flows(engine),
    ...schooling(services, registry),
    ...duties(services, registry, plans),
    ...recognition(services, registry, engine),
    ...care(engine),
    ...referrals(engine),
    ...voices(engine),
    ...mentoring(services, seesOf(registry, services.today), nextDuesFrom(services, plans)),
    ...counts(services, registry, plans),
    ...imports(importing),
    ...archive(services, registry, plans),
    ...family(services, registry),
  ]
  // After posts and rights followed: desks are laid where somebody sits now.
  followPosts(engine)
  whenFamilyLinked(engine)
  const app = await buildServer({
    served,
    door,
    memory,
    log: ground.log,
    version: ground.version,
    secure: ground.secure,
    ...(ground.webFolder ? { webFolder: ground.webFolder } : {}),
    withheld,
    ready: () =>
      door
        .asGate((db) => db.rows({ text: 'select 1' }))
        .then(
          () => true,
          () => false,
        ),
  })
  opened.push(() => app.close())
  return {
    services,
    registry,
    plans,
    engine,
    served,
    app,
    recall: memory.recall,
    close,
    prepare: (say, loading) => loadDemonstration(importing, served, say, loading),
    signIns: () => demonstrationSignIns(services),
  }
}
