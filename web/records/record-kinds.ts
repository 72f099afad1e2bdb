import { useEffect } from 'react'
import { listRecordKinds } from '#contract/records'
import { useAnswer, useMe } from '#web/platform'
import { saveKinds, useKnownKinds } from './device-store.ts'
import type { RecordKind } from './paper.ts'

interface Kinds {
  readonly kinds: readonly RecordKind[] | undefined
  readonly error: Error | null
  readonly retry: () => void
}

/** The forms in force. Kept on the device, so that one can be filled in where there is no network. */
export const useRecordKinds = (): Kinds => {
  const { personId } = useMe()
  const asked = useAnswer(listRecordKinds, {}, { freshFor: 300_000 })
  const known = useKnownKinds(personId)
  const kinds = asked.data?.kinds
  useEffect(() => {
    if (kinds) void saveKinds({ personId, kinds })
  }, [kinds, personId])
  return { kinds: kinds ?? known?.kinds, error: asked.error, retry: () => void asked.refetch() }
}
