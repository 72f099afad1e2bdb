import { getMe, signIn, signOut } from '#contract/people'
import { type Served, type Services, serve } from '#server/platform'
import { getMe as me } from './get-me.ts'
import type { SeesOf } from './sight.ts'
import { signIn as openSession } from './sign-in.ts'
import { signOut as closeSession } from './sign-out.ts'

/** Endpoints of sign-in, posts and the audit log. `seesOf` says what posts see under the packs in force. */
export const served = (services: Services, _seesOf: SeesOf): Served[] => [
  serve(signIn, ({ body }) => openSession(services, body)),
  serve(signOut, ({ actor }) => closeSession(services, actor)),
  serve(getMe, ({ actor }) => me(services, actor)),
]
