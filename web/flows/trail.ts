import { useMe } from '#web/platform'

/** Where every page of a case stands: a family comes back to its own place, staff to theirs. */
export const useTrail = (): { readonly label: string; readonly to: string }[] =>
  useMe().family ? [{ label: '我的', to: '/my' }] : [{ label: '办理', to: '/flows' }]
