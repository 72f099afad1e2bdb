import { useEffect } from 'react'
import { answers, Go, onSessionLost, refresh, useMe } from '#web/platform'
import { usePapers } from './device-store.ts'
import { sendWaiting } from './send-papers.ts'

const everyMs = 15_000

/** Says on every page what waits on this device, and sends it when there is a network and a session. */
export const OutboxStatus = () => {
  const { personId } = useMe()
  const papers = usePapers(personId)
  const waiting = papers?.filter(({ state }) => state === 'waiting').length ?? 0
  const refused = papers?.filter(({ state }) => state === 'refused').length ?? 0
  useEffect(() => {
    if (waiting === 0) return undefined
    const send = async (): Promise<void> => {
      if ((await sendWaiting(personId)) > 0) await refresh(answers)
    }
    void send()
    const timer = setInterval(() => void send(), everyMs)
    window.addEventListener('online', send)
    const stopListening = onSessionLost((lost) => {
      if (!lost) void send()
    })
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', send)
      stopListening()
    }
  }, [waiting, personId])
  if (waiting === 0 && refused === 0) return null
  return (
    <div className="strip" role="status">
      {waiting > 0 ? `${waiting} 条待发送` : ''}
      {waiting > 0 && refused > 0 ? ',' : ''}
      {refused > 0 ? `${refused} 条没有收下,需要您看一下` : ''} <Go to="/records/here">查看</Go>
    </div>
  )
}

/** How many papers of this person lie on the device; asked before signing out. */
export const usePapersLeft = (): number => usePapers(useMe().personId)?.length ?? 0
