import { createRoot } from 'react-dom/client'
import { Look, layPalette } from '#web/platform'

layPalette(document.documentElement)
const place = document.getElementById('root')
if (place) createRoot(place).render(<Look>同行</Look>)
