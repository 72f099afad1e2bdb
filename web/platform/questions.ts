import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { AnswerOf, Endpoint } from '#contract/platform'
import { call, type InputOf } from './call.ts'
import { isUnreachable } from './failures.ts'

/** The one store of answers. Answers live in memory only: nothing about a student is left on the device. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      networkMode: 'always',
      retry: (times, error) => isUnreachable(error) && times < 1,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

export interface AnswerOptions {
  readonly enabled?: boolean
  /** Keep showing the last answer while a changed question is on its way (lists under a search box). */
  readonly keepLast?: boolean
  /** Ask again every so many milliseconds; `false` stops. */
  readonly every?: number | false
  /** As in `call`. */
  readonly whenSessionLost?: 'ask' | 'refuse'
  /** How long an answer counts as fresh, in milliseconds. */
  readonly freshFor?: number
}

/** The key under which an answer is kept: the endpoint's name, then the input. */
export const keyOf = (endpoint: Endpoint, input?: unknown): readonly unknown[] =>
  input === undefined ? [endpoint.name] : [endpoint.name, input]

/** Asks a GET endpoint and keeps the answer fresh. */
export const useAnswer = <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: AnswerOptions = {},
): UseQueryResult<AnswerOf<E>, Error> =>
  useQuery<AnswerOf<E>, Error>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, { signal, whenSessionLost: options.whenSessionLost ?? 'ask' }),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.keepLast ? { placeholderData: keepPreviousData as never } : {}),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.freshFor === undefined ? {} : { staleTime: options.freshFor }),
  })

export interface Pages<Answer> {
  readonly pages: readonly Answer[] | undefined
  readonly error: Error | null
  readonly retry: () => void
  /** For `DataTable`'s `more`. */
  readonly more: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
}

export interface PagesOptions<Answer> {
  readonly enabled?: boolean
  /** Members of the query of the next page, undefined after the last. By default the answer's `after` cursor. */
  readonly next?: (last: Answer, pages: readonly Answer[]) => Readonly<Record<string, unknown>> | undefined
}

const byCursor = (last: unknown): Readonly<Record<string, unknown>> | undefined => {
  const { after } = last as { after?: string | number | null }
  return after === null || after === undefined ? undefined : { after }
}

/** Asks a GET endpoint that answers page by page; the last question's pages stay until the new ones come. */
export const useAnswerPages = <E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: PagesOptions<AnswerOf<E>> = {},
): Pages<AnswerOf<E>> => {
  const found = useInfiniteQuery({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...input.query, ...pageParam }
      return call(endpoint, { ...input, query } as InputOf<E>, { signal })
    },
    initialPageParam: {} as Readonly<Record<string, unknown>>,
    getNextPageParam: (last, pages) => (options.next ?? byCursor)(last as AnswerOf<E>, pages as AnswerOf<E>[]),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  })
  return {
    pages: found.data?.pages,
    error: found.error,
    retry: () => void found.refetch(),
    more: { has: found.hasNextPage, loading: found.isFetchingNextPage, load: () => void found.fetchNextPage() },
  }
}

export interface ActOptions {
  /** Whose answers this act may change. Absent: all of them are asked again. */
  readonly refreshes?: readonly Endpoint[]
}

/**
 * An act on a writing endpoint. What it may have changed is asked again once it is done, and also after a refusal, since
 * a refusal often means that the page was out of date.
 */
export const useAct = <E extends Endpoint>(
  endpoint: E,
  options: ActOptions = {},
): UseMutationResult<AnswerOf<E>, Error, InputOf<E>> => {
  const store = useQueryClient()
  return useMutation<AnswerOf<E>, Error, InputOf<E>>({
    mutationFn: (input) => call(endpoint, input),
    onSettled: () => {
      void refresh(store, options.refreshes)
    },
  })
}

/** Asks the given endpoints' answers again; all of them when none are given. */
export const refresh = async (store: QueryClient, endpoints?: readonly Endpoint[]): Promise<void> => {
  if (!endpoints) return store.invalidateQueries()
  await Promise.all(endpoints.map((endpoint) => store.invalidateQueries({ queryKey: keyOf(endpoint) })))
}
