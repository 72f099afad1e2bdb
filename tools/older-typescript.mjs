// dependency-cruiser reads sources through TypeScript's JavaScript compiler, which TypeScript 7 no longer has.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => next(specifier.replace(/^typescript(?=$|\/)/, 'typescript-5'), context),
})
