import { Link, useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'

type Members = Readonly<Record<string, string | undefined>>

/** Splits an address that brings its own members (`/flows?kind=recognition`) and adds those given. */
export const withQuery = (to: string, query: Members | undefined): { to: string; search: Record<string, string> } => {
  const [path = '/', own] = to.split('?')
  const given = Object.entries(query ?? {}).filter((member): member is [string, string] => member[1] !== undefined)
  return { to: path, search: { ...Object.fromEntries(new URLSearchParams(own)), ...Object.fromEntries(given) } }
}

/** A link to a screen by its address: `<Go to={'/students/' + schoolId + '/' + id}>`. */
export const Go = (props: {
  to: string
  query?: Members
  children: ReactNode
  className?: string
  style?: CSSProperties
  'aria-current'?: 'page'
}) => {
  const { to, query, ...rest } = props
  return <Link {...withQuery(to, query)} {...rest} />
}

interface Step {
  /** Leaves no step to come back to. */
  readonly replace?: boolean
  /** Handed to the next screen without standing in its address (names never do); survives a reload. */
  readonly carry?: unknown
}

/** Goes to a screen by its address. */
export const useGo = (): ((to: string, query?: Members, step?: Step) => void) => {
  const navigate = useNavigate()
  return (to, query, step = {}) => {
    const carried = step.carry === undefined ? {} : { state: { carried: step.carry } as never }
    void navigate({ ...withQuery(to, query), replace: step.replace ?? false, ...carried })
  }
}

/** The `$names` of the current address. A screen knows its own; a missing one is an empty text. */
export const useAddress = <Name extends string>(): Readonly<Record<Name, string>> =>
  useParams({ strict: false }) as Record<Name, string>

/** The members after `?`, as texts, and how to set some of them without leaving the screen. */
export const useQueryMembers = (): readonly [Members, (members: Members) => void] => {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const path = usePath()
  const go = useGo()
  const members = Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]))
  return [members, (changed) => go(path, { ...members, ...changed }, { replace: true })]
}

/** The path of the current screen. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname })

/** What the last screen handed over, if anything. The receiver checks its shape. */
export const useCarried = (): unknown =>
  useRouterState({ select: (state) => (state.location.state as { carried?: unknown }).carried })
