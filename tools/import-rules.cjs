/** Import rules of the house: capabilities in order, rooms apart, no cycles. Run by `npm run check`. */
const order = [
  'platform',
  'organisations',
  'people',
  'students',
  'messages',
  'policies',
  'guards',
  'records',
  'flows',
  'recognition',
  'mentoring',
  'home-visits',
  'care',
  'referrals',
  'schooling',
  'careers',
  'aid',
  'growth',
  'activities',
  'campaigns',
  'voices',
  'duties',
  'counts',
  'imports',
  'archive',
  'family',
  'audit',
]
const rooms = ['contract', 'server', 'web']
const name = (list) => `(${list.join('|')})`

// A capability imports only those before it.
const upward = rooms.flatMap((room) =>
  order.map((capability, index) => ({
    name: `${room}-${capability}-imports-only-lower-capabilities`,
    severity: 'error',
    from: { path: `^${room}/${capability}/`, pathNot: '\\.test\\.tsx?$' },
    to: { path: `^${name(rooms)}/${name(order.slice(index + 1).concat('nothing'))}/` },
  })),
)

// And only through their index.
const through = rooms.flatMap((room) =>
  order.map((capability) => ({
    name: `${room}-${capability}-is-entered-by-its-index`,
    severity: 'error',
    from: {
      path: `^${name(rooms)}/`,
      pathNot: `^${room}/${capability}/|\\.test\\.tsx?$|^server/[a-z-]+\\.ts$|^web/main\\.tsx$`,
    },
    to: {
      path: `^${room}/${capability}/`,
      pathNot: `^${room}/${capability}/${capability === 'platform' ? '(index|[a-z-]+/index)' : 'index'}\\.ts$`,
    },
  })),
)

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contract-is-pure',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '^(server|web|database|tools)/' },
    },
    {
      name: 'contract-does-no-io',
      severity: 'error',
      from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'web-knows-no-server', severity: 'error', from: { path: '^web/' }, to: { path: '^(server|database)/' } },
    { name: 'server-knows-no-web', severity: 'error', from: { path: '^server/' }, to: { path: '^web/' } },
    {
      name: 'tools-stand-on-top',
      severity: 'error',
      from: { path: '^(contract|server|web|journeys)/' },
      to: { path: '^tools/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
    ...upward,
    ...through,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|dist|fixtures' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
