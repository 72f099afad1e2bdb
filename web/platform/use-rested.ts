import { useEffect, useState } from 'react'

/** The value as it stood when it last rested for so many milliseconds: what is asked while someone types. */
export const useRested = <T>(value: T, milliseconds = 180): T => {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return rested
}
