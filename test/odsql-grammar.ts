// Questions in ODSQL, made up: as the language wants them, nearly so, and not at all.
import fc from 'fast-check';
import { sampleFields as fields } from '../src/data/query/sample.ts';
import type { QueryTexts } from '../src/data/query/tree.ts';

export type Asked = { readonly texts: QueryTexts; readonly refine: readonly string[] };

const name = fc.constantFrom(
  ...fields.map((f) => (/^\d/.test(f.name) ? `\`${f.name}\`` : f.name)),
  'geo_point_2d',
  'absent',
);
const text = fc
  .oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('Tours', '2024-02-29', '12', 'é', '%', '*', '0000', '9999-12-31T23:59:59-14:00'),
  )
  .map((s) => `"${s.replace(/[\\"]/g, '\\$&')}"`);
const geometry = fc.constantFrom(
  "geom'POINT(0.68 47.39)'",
  "geom'POLYGON((0.6 47.3,0.7 47.3,0.7 47.5,0.6 47.5,0.6 47.3))'",
  "geom'LINESTRING(0 0, 1 1)'",
  "geom'MULTIPOINT((0 0),(1 1))'",
  "geom'GEOMETRYCOLLECTION(POINT(1 1))'",
  'geom\'{"type":"Point","coordinates":[0.68,47.39]}\'',
  "geom'POLYGON EMPTY'",
  "geom'POINT(999999 -999999)'",
  "geom'nothing'",
);
const literal = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  text,
  geometry,
  fc.constantFrom("date'2024-01-01'", "date'2024-13-01'", 'true', 'false', 'null', '-5', '1e308', '01000', '20240101'),
);
const pattern = fc
  .array(fc.constantFrom('yyyy', 'MM', 'dd', 'EEEE', 'w', 'xx', "'T'", "''", '-', ' ', 'q', 'HH', 'E', 'DDD'), {
    maxLength: 5,
  })
  .map((p) => `"${p.join('')}"`);
const moved = fc
  .array(fc.tuple(fc.constantFrom('year', 'years', 'day', 'mondays', 'weekday', 'seconds', 'x'), fc.integer()), {
    maxLength: 3,
  })
  .map((p) => p.map(([k, n]) => `${k}=${n}`).join(','));
const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    name,
    literal,
    fc.tuple(tie('value'), fc.constantFrom('+', '-', '*', '/'), tie('value')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('value').map((v) => `-${v}`),
    fc
      .tuple(
        fc.constantFrom(
          'avg',
          'count',
          'sum',
          'min',
          'max',
          'median',
          'envelope',
          'bbox',
          'length',
          'lower',
          'year',
          'month',
          'day',
          'hour',
          'minute',
          'second',
          'json_format',
          'random',
          'count(distinct ',
        ),
        tie('value'),
      )
      .map(([f, v]) => (f.endsWith(' ') ? `${f}${v})` : `${f}(${v})`)),
    fc
      .tuple(fc.constantFrom('ifnull', 'distance', 'percentile', 'range', 'geo_cluster'), tie('value'), tie('value'))
      .map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(name, pattern).map(([f, p]) => `date_format(${f}, ${p})`),
    fc.tuple(name, geometry).map(([f, g]) => `distance(${f}, ${g})`),
    moved.map((m) => `now(${m})`),
  ),
})).value;
const condition = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(value, fc.constantFrom('=', '!=', '>', '<', '>=', '<=', 'like', ':'), value)
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(name, fc.array(literal, { minLength: 1, maxLength: 4 })).map(([a, v]) => `${a} in (${v.join(', ')})`),
    fc
      .tuple(
        name,
        fc.constantFrom(' in ', ':'),
        fc.constantFrom('[', ']'),
        literal,
        fc.constantFrom('..', ' to '),
        literal,
        fc.constantFrom('[', ']'),
      )
      .map((p) => p.join('')),
    fc.tuple(literal, name).map(([a, b]) => `${a} in ${b}`),
    fc.tuple(name, fc.constantFrom('is null', 'is not null', 'is true', 'is not false')).map((p) => p.join(' ')),
    text,
    name,
    fc
      .tuple(fc.constantFrom('search', 'suggest', 'startswith', 'nothing'), fc.oneof(name, fc.constant('*')), text)
      .map(([f, n, t]) => `${f}(${n}, ${t})`),
    fc
      .tuple(
        fc.constantFrom('intersects', 'disjoint', 'within', 'polygon', 'geometry'),
        fc.constantFrom('geo_point_2d', 'nom'),
        geometry,
        fc.constantFrom('', ', within', ', INTERSECTS'),
      )
      .map(([f, n, g, m]) => `${f}(${n}, ${g}${m})`),
    fc
      .tuple(
        geometry,
        fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
        fc.constantFrom('km', 'mi', ' m', 'mm', ' lieues', ''),
      )
      .map(([g, d, u]) => `within_distance(geo_point_2d, ${g}, ${d}${u})`),
    fc
      .array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -200, max: 200 }), { minLength: 3, maxLength: 5 })
      .map((n) => `in_bbox(geo_point_2d, ${n.join(', ')})`),
    tie('condition').map((c) => `not ${c}`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
})).condition;
const pieces = fc.constantFrom(
  '(',
  ')',
  '[',
  ']',
  '..',
  ',',
  '*',
  '`',
  '"',
  "'",
  ' and ',
  ' or ',
  ' not ',
  ' in ',
  ' is ',
  ' null',
  ' like ',
  ' as ',
  ' desc',
  '=',
  '<',
  '-',
  '\\',
  '\0',
  '\u{1F600}',
  'é',
  '1',
  '1.5km',
  ' day',
  'id',
  'date',
  'geom',
  'now(',
  'range(',
  'include(',
  ' to ',
  ';',
  '--',
  '$1',
  '?',
);
/** A text with a few pieces put in or characters taken out. */
const mutated = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(texts, fc.array(fc.tuple(fc.nat(), pieces, fc.nat(3)), { maxLength: 3 }))
    .map(([start, edits]) =>
      edits.reduce(
        (t, [at, piece, cut]) => t.slice(0, at % (t.length + 1)) + piece + t.slice((at % (t.length + 1)) + cut),
        start,
      ),
    );

const noise = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.array(pieces, { maxLength: 20 }).map((p) => p.join('')),
);
const list = (items: fc.Arbitrary<string>, maxLength = 3) =>
  fc.array(items, { minLength: 1, maxLength }).map((s) => s.join(', '));
const where = fc.oneof(condition, mutated(condition), noise);
const select = fc.oneof(
  list(
    fc.oneof(
      value,
      fc.constantFrom('*', 'include(mo*)', 'exclude(nom)', 'count(*) as n', 'sum(montant) as s', 'k'),
      value.map((v) => `${v} as x`),
    ),
    4,
  ),
  mutated(list(value)),
  noise,
);
const orders = list(
  fc
    .tuple(
      fc.oneof(value, fc.constantFrom('k', 'n', 'count(*)', 'random(3)', '-x')),
      fc.constantFrom('', ' asc', ' desc'),
    )
    .map((p) => p.join('')),
);
const orderBy = fc.oneof(orders, mutated(orders), noise);
const bounds = fc.array(fc.oneof(literal, fc.constant('*')), { minLength: 1, maxLength: 4 }).map((b) => b.join(', '));
const interval = fc
  .tuple(fc.integer({ min: -1, max: 40 }), fc.constantFrom(' day', 'h', ' M', 'w', ' years', ' x'))
  .map((p) => p.join(''));
const key = fc.oneof(
  name,
  value,
  fc.tuple(name, fc.oneof(bounds, interval)).map(([f, b]) => `range(${f}, ${b})`),
  fc
    .tuple(
      fc.constantFrom('geo_point_2d', 'nom'),
      fc.integer({ min: -1, max: 27 }),
      fc.constantFrom('', ', 10', ', 300'),
    )
    .map(([f, z, r]) => `geo_cluster(${f}, ${z}${r})`),
  fc.tuple(name, pattern).map(([f, p]) => `date_format(${f}, ${p})`),
  fc.tuple(fc.constantFrom('year', 'month', 'second'), name).map(([f, n]) => `${f}(${n})`),
);
const keys = list(
  fc.oneof(
    key,
    key.map((k) => `${k} as k`),
  ),
);
const groupBy = fc.oneof(keys, mutated(keys), noise);
export const refinement = fc.oneof(
  fc
    .tuple(name, fc.oneof(text, literal, fc.constantFrom('2024', '2024/02', '2024/02/29', '9999', '0001')))
    .map((p) => p.join(':')),
  noise,
);
export const facet = fc.oneof(
  name,
  fc
    .tuple(
      name,
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom('/', ' ', '-'),
      fc.constantFrom('count', '-count', 'name', '-alphanum', 'x'),
      fc.integer({ min: 0, max: 30 }),
    )
    .map(
      ([f, d, h, s, o, l]) =>
        `facet(name="${f.replaceAll('`', '')}", disjunctive=${d}, hierarchical=${h}, separator="${s}", sort="${o}", limit=${l})`,
    ),
  mutated(fc.constant('facet(name="ville", disjunctive=true)')),
  noise,
);

// The same, written as the language wants it: most of these run.
const number = fc.letrec<{ number: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('id', 'montant', '`2024`', 'length(nom)', 'year(jour)', 'second(moment)', '0', '-2.5', '1e6'),
    fc.constantFrom("distance(geo_point_2d, geom'POINT(0.68 47.39)')", 'ifnull(montant, 7)', 'ifnull(montant, id)'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('number').map((n) => `-(${n})`),
  ),
})).number;
const scalar = fc.oneof(
  number,
  fc.constantFrom(
    'nom',
    'ville',
    'lower(nom)',
    'ifnull(ville, "?")',
    "date_format(moment, 'EEEE ww')",
    'actif',
    'heure',
  ),
  fc.constantFrom('jour', 'moment', "ifnull(jour, date'2024-01-01')", 'date', 'code'),
);
const total = fc.oneof(
  fc.tuple(fc.constantFrom('sum', 'avg', 'min', 'max', 'median', 'count'), number).map(([f, n]) => `${f}(${n})`),
  fc.constantFrom(
    'count(*)',
    'count(distinct ville)',
    'percentile(montant, 30)',
    'max(jour)',
    'min(nom)',
    'sum(id) / count(*)',
  ),
);
const place = fc.constantFrom('envelope(geo_point_2d)', 'bbox(geo_point_2d)');
const sound = fc.letrec<{ sound: string }>((tie) => ({
  sound: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(number, fc.constantFrom('=', '!=', '>', '<=', '<>'), number).map((p) => p.join(' ')),
    fc.tuple(number, fc.integer({ max: 10 }), fc.integer()).map(([n, a, b]) => `${n} in ]${a}..${b}]`),
    fc
      .tuple(fc.constantFrom('jour', 'moment'), fc.constantFrom('> now(years=-1)', "= date'2024-02-29'", 'is null'))
      .map((p) => p.join(' ')),
    fc
      .tuple(fc.constantFrom('search', 'suggest', 'startswith'), fc.constantFrom('*', 'nom', 'nom, ville'), text)
      .map(([f, n, t]) => `${f}(${n}, ${t})`),
    fc.constantFrom('actif', 'nom like "th*tre"', '"tours"', 'ville in ("Tours", "Luynes")', '"Tours" in ville'),
    fc.tuple(fc.constantFrom('intersects', 'within', 'disjoint'), geometry).map(([f, g]) => `${f}(geo_point_2d, ${g})`),
    fc.tuple(geometry, fc.integer({ min: 0 })).map(([g, d]) => `within_distance(geo_point_2d, ${g}, ${d}m)`),
    tie('sound').map((c) => `not (${c})`),
    fc.tuple(tie('sound'), fc.constantFrom('and', 'or'), tie('sound')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
})).sound;
const soundKey = fc.oneof(
  scalar,
  fc
    .tuple(fc.constantFrom('id', 'montant', '`2024`'), fc.integer({ min: 1, max: 500 }))
    .map(([f, w]) => `range(${f}, ${w})`),
  fc
    .tuple(fc.constantFrom('jour', 'moment'), fc.constantFrom('1 day', '6h', '1M', '1 year', '40 s'))
    .map(([f, w]) => `range(${f}, ${w})`),
  fc.constantFrom('range(montant, *, 0, 100.5, *)', "range(jour, date'2024-01-01', *)", 'geo_cluster(geo_point_2d, 9)'),
);
const direction = fc.constantFrom('', ' asc', ' desc');
const soundOrder = list(fc.tuple(fc.oneof(scalar, fc.constant('random(2)')), direction).map((p) => p.join('')));
const soundAsked: fc.Arbitrary<Asked> = fc
  .tuple(
    sound,
    list(
      fc.oneof(
        scalar,
        scalar.map((v) => `${v} as x`),
      ),
    ),
    list(fc.oneof(total, place)),
    soundKey,
    soundOrder,
    fc.tuple(total, direction),
    fc.nat(5),
  )
  .map(([w, s, t, k, o, [by, way], which]): Asked => {
    const shapes: readonly QueryTexts[] = [
      { where: [w], select: s, orderBy: o },
      { select: s, orderBy: o },
      { select: t, where: [w] },
      { groupBy: `${k} as k`, select: t, orderBy: `${by}${way}` },
      { groupBy: `${k}, ville`, select: `ville, ${t}`, where: [w], orderBy: 'ville desc' },
      { groupBy: k, orderBy: 'count(*) desc, random(1)' },
    ];
    return { texts: shapes[which] as QueryTexts, refine: which === 0 ? ['jour:2024', 'actif:true'] : [] };
  });

/** Which clauses a question has: each alone, and together. */
const asked: fc.Arbitrary<Asked> = fc
  .tuple(where, select, groupBy, orderBy, fc.array(refinement, { maxLength: 2 }), fc.nat(6))
  .map(([w, s, g, o, refine, which]): Asked => {
    const shapes: readonly QueryTexts[] = [
      { where: [w] },
      { select: s },
      { orderBy: o },
      { groupBy: g },
      { groupBy: g, select: s, orderBy: o },
      { groupBy: g, select: 'count(*) as n, sum(montant)', where: [w] },
      { where: [w], select: s, orderBy: o },
    ];
    return { texts: shapes[which] as QueryTexts, refine: which === 0 ? refine : [] };
  });

/** Three wild ones for one that should run. */
export const anything = fc.oneof({ weight: 3, arbitrary: asked }, { weight: 1, arbitrary: soundAsked });
