import { uuidv7 } from 'uuidv7'
import { openCase } from '#contract/flows'
import type { Served } from '#server/platform'
import type { Importing } from '../importing.ts'
import { actAs } from './act-as.ts'
import { caredFor, holderOver } from './live-at-place.ts'
import type { ShownPlace } from './shown-place.ts'

// Which field of a procedure's form asks for the day.
const dayField: Readonly<Record<string, string>> = { standing: 'on', 'emergency-aid': 'happened' }

/** What waits at a shown place: requests made by its own people, so that its officer finds work to decide. */
export const askAtPlace = async (
  importing: Importing,
  served: readonly Served[],
  place: ShownPlace,
  unit: { readonly path: string },
): Promise<void> => {
  const { services } = importing
  const cared = await caredFor(importing, unit.path)
  for (const { flow, move, by, whom, content } of place.requests) {
    const child = cared[whom]
    const author = child && (await holderOver(importing, by, child.scope))
    if (!child || !author) throw new Error(`${place.issuer}: nobody for ${flow}`)
    const day = dayField[flow]
    await actAs(services, served, author, (act) =>
      act(openCase, {
        params: { schoolId: child.schoolId },
        body: {
          id: uuidv7(),
          flow,
          move,
          stepId: uuidv7(),
          studentId: child.id,
          content: { ...content, ...(day ? { [day]: services.today() } : {}) },
        },
      }),
    )
  }
}
