/** What the clock is: an actor without a post, to whom states belong that only time ends. */
export const clockPerson = '00000000-0000-0000-0000-000000000000'
