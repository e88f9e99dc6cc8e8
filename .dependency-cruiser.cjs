// The arrows of the house, checked by machine. Each rule says why in one sentence.
const rule = (name, comment, from, to, extra = {}) => ({ name, severity: 'error', comment, from, to, ...extra });
const io = '^(node:)?(fs|net|http|https|child_process|worker_threads|dgram|tls|cluster)(/|$)';

module.exports = {
  forbidden: [
    rule('no-circular', 'A cycle means that two files are one idea cut in the wrong place.', {}, { circular: true }),
    rule(
      'lib-is-ground',
      'lib knows nothing of the domain: everything stands on it.',
      { path: '^src/lib/' },
      { path: '^src/(?!lib/)' },
    ),
    rule(
      'model-is-words',
      'model holds words and pure rules: it stands on lib alone.',
      { path: '^src/model/' },
      { path: '^src/(?!lib/|model/)' },
    ),
    rule(
      'ground-has-no-io',
      'lib and model know no I/O, so that every rule of theirs is tested without a machine.',
      { path: '^src/(lib|model)/', pathNot: '\\.test\\.ts$' },
      { path: io },
    ),
    rule(
      'stores-know-no-domain',
      'Stores are doors to machines: they know no journey, page or room.',
      { path: '^src/stores/' },
      { path: '^src/(data|web|elements|features)/' },
    ),
    rule(
      'data-knows-no-room',
      'The way of data knows no HTTP, person or page, so that upload, harvest and contribution share it.',
      { path: '^src/data/' },
      { path: '^src/(web|elements|features|stores/metadata)/|^node_modules/(fastify|kysely|pg|preact)/' },
    ),
    rule(
      'stages-do-not-meet',
      'Stages are joined by journey.ts alone.',
      { path: '^src/data/([^/]+)/', pathNot: '\\.test\\.ts$' },
      { path: '^src/data/([^/]+)/', pathNot: '^src/data/$1/' },
    ),
    rule(
      'web-is-empty-of-domain',
      'The shell serves every room and knows none.',
      { path: '^src/web/' },
      { path: '^src/(data|features|stores)/' },
    ),
    rule(
      'elements-stand-alone',
      'An element runs in foreign pages: it brings only what it needs.',
      { path: '^src/elements/' },
      { path: '^src/(data|features|stores|web)/' },
    ),
    rule(
      'rooms-through-the-door',
      'A room is used through its service or its schemas, never its insides.',
      { path: '^src/features/([^/]+)/' },
      { path: '^src/features/([^/]+)/(?!service\\.ts|schemas\\.ts)', pathNot: '^src/features/$1/' },
    ),
    rule(
      'pages-are-pure',
      'A page turns data into HTML: it fetches nothing.',
      { path: '(pages|rules)\\.tsx?$|/(pages|components)/' },
      { path: `^src/(stores|data)/|(queries|service)\\.ts$|${io}` },
    ),
    rule(
      'duckdb-in-one-place',
      'DuckDB runs in killable children: only their door opens it.',
      { path: '^src/', pathNot: '^src/stores/tables/' },
      { path: '^node_modules/@duckdb/' },
    ),
    rule(
      'sql-of-the-catalogue-in-queries',
      'Kysely stays in queries.ts and in the metadata store.',
      { path: '^src/', pathNot: '(queries|\\.test)\\.ts$|^src/stores/metadata/' },
      { path: '^node_modules/(kysely|pg)/' },
    ),
    rule(
      'only-the-roof-reads-config',
      'Settings are read once, at the top, and handed down.',
      { path: '^src/(lib|model|stores|data|web|elements|features)/', pathNot: '\\.test\\.ts$' },
      { path: '^src/config\\.ts$' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
