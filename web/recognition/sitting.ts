import type { getPanel } from '#contract/flows'
import type { AnswerOf, Endpoint } from '#contract/platform'
import type { InputOf } from '#web/platform'

export type Sitting = AnswerOf<typeof getPanel>
export type Judged = Sitting['cases'][number]
/** Does one act of the sitting and asks for it anew; answers whether it was done. */
export type Do = <E extends Endpoint>(endpoint: E, input: InputOf<E>, done?: string) => Promise<boolean>
