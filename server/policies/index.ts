export { type ClassesChanged, type Classifying, classesChanged, lockSchools, reclassify } from './classify.ts'
export { readShippedPacks, shippedPacksFolder } from './read-shipped-packs.ts'
export { type Adoption, type InForce, openRegistry, type Registry, registerRules } from './registry.ts'
export { seesOf } from './sees-of.ts'
