import { writeFileSync } from 'node:fs'
import { careListing, emergencyAid, followUp } from '#contract/care'
import { type Flow, tableOf, verdictsOf } from '#contract/flows'
import { postIds } from '#contract/people'
import { objectionFlow, roundFlow } from '#contract/recognition'
import { handOver } from '#contract/referrals'
import { standingFlow, transferFlow } from '#contract/schooling'
import { mandatoryReport, mistreatment, voice } from '#contract/voices'

/** Writes the verdicts of procedures beside their tables, to be read cell by cell before they are committed. */
const written: readonly [string, Flow][] = [
  ['recognition', roundFlow],
  ['recognition', objectionFlow],
  ['care', careListing],
  ['care', emergencyAid],
  ['care', followUp],
  ['referrals', handOver],
  ['voices', voice],
  ['voices', mistreatment],
  ['voices', mandatoryReport],
  ['schooling', transferFlow],
  ['schooling', standingFlow],
]
for (const [capability, flow] of written) {
  const file = `contract/${capability}/${flow.id}.verdicts.json`
  writeFileSync(file, `${JSON.stringify(tableOf(verdictsOf(flow, postIds)), null, 2)}\n`)
  console.log(file)
}
