export { createAccount, type NewAccount } from './create-account.ts'
export { rewriteActorSettings, rewriteSettingsBelow, rewriteSettingsOfTheDay } from './rewrite-actor-settings.ts'
export { served } from './served.ts'
export { type Reach, type SeesOf, type Sight, seesNothing } from './sight.ts'
