/** The jobs that may speak to the database without a person, each with its own narrow grants. */
export type JobRole = 'importer' | 'classifier' | 'sealer'
