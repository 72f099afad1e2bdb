import { type ReactNode, useEffect, useState } from 'react'
import { isUnreachable, unreachableError } from './failures.ts'
import { Loading } from './loading.tsx'
import { ErrorNote } from './notes.tsx'

export type Drawn = () => ReactNode
export type Load = () => Promise<Drawn>

const reloadedFor = 'tongxing.reloaded-at'

/**
 * A part of the program that cannot be fetched is either out of reach or replaced by a newer version. In the second case
 * the page is loaded anew, once; without a network the page stays, with all that was typed.
 */
const afterFailure = (): Error => {
  const last = Number(sessionStorage.getItem(reloadedFor) ?? 0)
  if (navigator.onLine && Date.now() - last > 60_000) {
    sessionStorage.setItem(reloadedFor, String(Date.now()))
    window.location.reload()
  }
  return unreachableError()
}

/** A screen fetched when first opened, with skeleton rows meanwhile and a way to try again. */
export const screenFrom = (load: Load): Drawn => {
  let known: Drawn | undefined
  return () => {
    const [loaded, setLoaded] = useState<{ screen: Drawn } | undefined>(known && { screen: known })
    const [failure, setFailure] = useState<Error>()
    const [tries, setTries] = useState(0)
    // biome-ignore lint/correctness/useExhaustiveDependencies: another try fetches again
    useEffect(() => {
      if (loaded) return
      load().then(
        (screen) => {
          known = screen
          setLoaded({ screen })
        },
        () => setFailure(afterFailure()),
      )
    }, [tries, loaded])
    if (loaded) return <loaded.screen />
    if (!failure) return <Loading rows={8} />
    const again = (): void => {
      setFailure(undefined)
      setTries(tries + 1)
    }
    const safe = isUnreachable(failure) ? '本机上没有发出的记录都在。' : '已经保存的内容都在。'
    return <ErrorNote error={failure} retry={again} safe={safe} />
  }
}
