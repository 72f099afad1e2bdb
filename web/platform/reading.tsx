import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'

export type FontSize = 'usual' | 'large' | 'larger'
export const fontSizes: readonly { readonly size: FontSize; readonly label: string }[] = [
  { size: 'usual', label: '标准' },
  { size: 'large', label: '大' },
  { size: 'larger', label: '特大' },
]
const added: Record<FontSize, number> = { usual: 0, large: 2, larger: 5 }
const storedAs = 'tongxing.font-size'

const phones = '(max-width: 599.98px)'
const watchPhone = (listener: () => void): (() => void) => {
  const query = window.matchMedia(phones)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** True under 600 px: cards instead of tables, acts under the thumb. */
export const useIsPhone = (): boolean => useSyncExternalStore(watchPhone, () => window.matchMedia(phones).matches)

interface Reading {
  readonly fontSize: FontSize
  readonly bodySize: number
  readonly setFontSize: (size: FontSize) => void
}

const ReadingContext = createContext<Reading | undefined>(undefined)

const storedSize = (): FontSize => {
  const stored = localStorage.getItem(storedAs)
  return fontSizes.some(({ size }) => size === stored) ? (stored as FontSize) : 'usual'
}

/** Keeps the reading size this person chose on this device. */
export const ReadingProvider = ({ children }: { children: ReactNode }) => {
  const phone = useIsPhone()
  const [fontSize, setSize] = useState<FontSize>(storedSize)
  const bodySize = (phone ? 16 : 14) + added[fontSize]
  useEffect(() => {
    document.documentElement.style.setProperty('--body-size', `${bodySize}px`)
  }, [bodySize])
  const reading = useMemo<Reading>(
    () => ({
      fontSize,
      bodySize,
      setFontSize: (size) => {
        localStorage.setItem(storedAs, size)
        setSize(size)
      },
    }),
    [fontSize, bodySize],
  )
  return <ReadingContext.Provider value={reading}>{children}</ReadingContext.Provider>
}

/** The reading size and how to change it. */
export const useReading = (): Reading => {
  const reading = useContext(ReadingContext)
  if (!reading) throw new Error('useReading needs ReadingProvider')
  return reading
}
