import {
  attachToCase,
  castVote,
  closePanel,
  convenePanel,
  decideTie,
  getCase,
  getCaseFile,
  getPanel,
  keepFrom,
  listBox,
  listGuardiansToKeep,
  listKeptFrom,
  listMyCases,
  listOpenable,
  listPanelPeople,
  listPanels,
  markPresence,
  moveCase,
  moveCases,
  openCase,
  saveContent,
  standAside,
} from '#contract/flows'
import { type Served, serve } from '#server/platform'
import { attachToCase as attach, getCaseFile as openFile } from './attach-to-case.ts'
import { closePanel as close } from './close-panel.ts'
import { convenePanel as convene } from './convene-panel.ts'
import type { Engine } from './engine.ts'
import { getCase as get } from './get-case.ts'
import { getPanel as panel } from './get-panel.ts'
import { keepFrom as keep, listKeptFrom as keptFrom, listGuardiansToKeep as toKeep } from './keep-from.ts'
import { listBox as list } from './list-box.ts'
import { listMine } from './list-mine.ts'
import { listOpenable as openable } from './list-openable.ts'
import { listPanelPeople as panelPeople } from './list-panel-people.ts'
import { listPanels as panels } from './list-panels.ts'
import { moveCase as move } from './move-case.ts'
import { moveCases as moveMany } from './move-cases.ts'
import { openCase as open } from './open-case.ts'
import { standAside as aside, markPresence as present } from './panel-keeping.ts'
import { saveContent as save } from './save-content.ts'
import { decideTie as decide, castVote as vote } from './vote.ts'

/** Endpoints of all procedures: what waits, one case, its moves, its papers. */
export const served = (engine: Engine): Served[] => [
  serve(listBox, ({ actor, params, query }) => list(engine, actor, params, query)),
  serve(listMyCases, ({ actor }) => listMine(engine, actor)),
  serve(listOpenable, ({ actor, query }) => openable(engine, actor, query)),
  serve(getCase, ({ actor, params }) => get(engine, actor, params)),
  serve(openCase, ({ actor, params, body }) => open(engine, actor, params.schoolId, body)),
  serve(saveContent, ({ actor, params, body }) => save(engine, actor, params, body)),
  serve(moveCase, ({ actor, params, body }) => move(engine, actor, params, body)),
  serve(moveCases, ({ actor, params, body }) => moveMany(engine, actor, params.schoolId, body)),
  serve(attachToCase, ({ actor, params, query, upload }) => attach(engine, actor, params, query, upload)),
  serve(getCaseFile, ({ actor, params }) => openFile(engine, actor, params)),
  serve(listGuardiansToKeep, ({ actor, params }) => toKeep(engine, actor, params)),
  serve(listKeptFrom, ({ actor, params }) => keptFrom(engine, actor, params)),
  serve(keepFrom, ({ actor, params, body }) => keep(engine, actor, params, body)),
  serve(listPanels, ({ actor, query }) => panels(engine, actor, query)),
  serve(listPanelPeople, ({ actor, params, query }) => panelPeople(engine, actor, params, query)),
  serve(getPanel, ({ actor, params }) => panel(engine, actor, params)),
  serve(convenePanel, ({ actor, body }) => convene(engine, actor, body)),
  serve(markPresence, ({ actor, params, body }) => present(engine, actor, params, body)),
  serve(standAside, ({ actor, params, body }) => aside(engine, actor, params, body)),
  serve(castVote, ({ actor, params, body }) => vote(engine, actor, params, body)),
  serve(decideTie, ({ actor, params, body }) => decide(engine, actor, params, body)),
  serve(closePanel, ({ actor, params, body }) => close(engine, actor, params, body)),
]
