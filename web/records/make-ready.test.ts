import { expect, test } from 'vitest'
import { fittedSize, whyNotAttach } from './make-ready.ts'

test('a large photo shrinks to its longer edge, a small one stays, a sliver keeps a pixel', () => {
  expect(fittedSize(4000, 3000)).toEqual({ width: 2000, height: 1500 })
  expect(fittedSize(800, 600)).toEqual({ width: 800, height: 600 })
  expect(fittedSize(40_000, 3)).toEqual({ width: 2000, height: 1 })
})

test('only photos and PDF are attached, and a PDF keeps within 10 MB', () => {
  expect(whyNotAttach({ type: 'application/pdf', size: 10 * 1024 * 1024 })).toBeUndefined()
  expect(whyNotAttach({ type: 'application/pdf', size: 10 * 1024 * 1024 + 1 })).toContain('10 MB')
  expect(whyNotAttach({ type: 'image/jpeg', size: 30_000_000 })).toBeUndefined()
  expect(whyNotAttach({ type: 'application/zip', size: 5 })).toContain('照片或 PDF')
  expect(whyNotAttach({ type: 'image/png', size: 0 })).toContain('空')
})
