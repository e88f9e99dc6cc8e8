// A small territory for the tests of pages: the demonstration's real names and definitions, and rows written by hand.

import type { CatalogPage, CatalogSearch, DatasetSummary, Facet } from '../../src/features/catalog/schemas.ts';
import { foldText } from '../../src/lib/text.ts';
import type { Dataset, Organization, Version } from '../../src/model/dataset.ts';
import type { Field, FieldProfile } from '../../src/model/field.ts';
import { problem } from '../../src/model/problem.ts';
import { demoTerritory } from '../../territories/demo/territory.ts';

export const territory = { ...demoTerritory.territory, demo: 'installed' as const };
const producers = new Map(demoTerritory.organizations.map((o) => [o.slug, o]));

function producer(slug: string): Organization {
  const found = producers.get(slug);
  if (found === undefined) throw new Error(`no such producer in the demonstration: ${slug}`);
  return found;
}

const field = (name: string, title: string, type: Field['type'], role: Field['role'] = null): Field => ({
  name,
  title,
  type,
  format: null,
  role,
});

const fields: readonly Field[] = [
  field('id', 'id', 'integer', 'identifier'),
  field('essence', 'Essence', 'string'),
  field('hauteur_m', 'Hauteur (m)', 'number'),
  field('date_de_plantation', 'Date de plantation', 'date'),
  field('remarquable', 'Remarquable', 'boolean'),
  field('adresse', 'Adresse', 'string', 'address'),
  field('insee', 'Code INSEE', 'string', 'inseeCode'),
  field('latitude', 'Latitude', 'number', 'latitude'),
  field('longitude', 'Longitude', 'number', 'longitude'),
  field('observations', 'Observations du service', 'string'),
  field('fiche', 'Fiche', 'string', 'url'),
];

const kinds = ['Platane commun', 'Tilleul argenté', 'Érable champêtre', 'Cèdre de l’Atlas', 'Micocoulier'] as const;
const streets = ['Rue Nationale', 'Boulevard Heurteloup', 'Quai de la Loire', 'Jardin des Prébendes d’Oé'] as const;
export const rowCount = 1500;

/** Row n, from 1: made of its number alone, so that sorting and paging can be expected by hand. */
function row(n: number): Readonly<Record<string, unknown>> {
  return {
    id: n,
    essence: kinds[n % kinds.length],
    hauteur_m: n % 30 === 0 ? null : 4.5 + (n % 23),
    date_de_plantation: `${1960 + (n % 60)}-0${(n % 9) + 1}-1${n % 10}`,
    remarquable: n % 7 === 0,
    adresse: `${n % 120} ${streets[n % streets.length]}`,
    insee: '37261',
    latitude: 47.39414 + n / 100_000,
    longitude: 0.68484 + n / 100_000,
    observations:
      n % 4 === 0
        ? 'À surveiller après la tempête de novembre : taille douce prévue, haubans à vérifier, racines proches de la chaussée.'
        : null,
    fiche: n % 5 === 0 ? `https://example.org/arbres/${n}` : null,
  };
}

const rows = Array.from({ length: rowCount }, (_, index) => row(index + 1));

const profile = (name: string, known: Partial<FieldProfile> = {}): FieldProfile => ({
  name,
  filled: rowCount,
  filledShare: 1,
  distinct: rowCount,
  distinctEstimated: false,
  min: null,
  max: null,
  top: [],
  ...known,
});

const profiles: readonly FieldProfile[] = [
  profile('id', { min: '1', max: '1500' }),
  profile('essence', {
    distinct: 5,
    min: 'Cèdre de l’Atlas',
    max: 'Tilleul argenté',
    top: kinds.map((value) => ({ value, count: 300 })),
  }),
  profile('hauteur_m', {
    filled: 1450,
    filledShare: 1450 / 1500,
    distinct: 23,
    min: '4.5',
    max: '26.5',
    top: [
      { value: '5.5', count: 66 },
      { value: '6.5', count: 65 },
    ],
  }),
  profile('date_de_plantation', { distinct: 180, min: '1960-01-10', max: '2019-09-19' }),
  profile('remarquable', {
    distinct: 2,
    top: [
      { value: 'false', count: 1286 },
      { value: 'true', count: 214 },
    ],
  }),
  profile('adresse', { distinct: 480 }),
  profile('insee', { distinct: 1, top: [{ value: '37261', count: 1500 }] }),
  profile('latitude', { min: '47.39415', max: '47.40914' }),
  profile('longitude', { min: '0.68485', max: '0.69984' }),
  profile('observations', { filled: 375, filledShare: 0.25, distinct: 1 }),
  profile('fiche', { filled: 300, filledShare: 0.2, distinct: 300 }),
];

const version = (number: number, day: string): Version => ({
  number,
  key: `arbres-tours@${number}`,
  createdAt: new Date(`${day}T09:30:00Z`),
  file: {
    name: 'arbres_tours_2026.csv',
    bytes: 172_340,
    sha256: 'cfb110f2c649c5c5a7d1e2f3049586776655443322110ffeeddccbbaa9988770',
    format: 'csv',
    encoding: 'windows-1252',
    delimiter: ';',
  },
  rows: rowCount,
  fields,
  profiles,
  geometry: {
    type: 'Point',
    crs: 'EPSG:4326',
    source: 'Latitude + Longitude',
    bbox: [0.68485, 47.39415, 0.69984, 47.40914],
  },
  problems: [
    problem('row.total', 'warning', { row: 1503 }),
    problem('column.empty', 'advice', { column: 'Observation 2' }),
    problem('date.invalid', 'error', { cell: 'D27', value: '31/02/2024', expected: '29/02/2024' }),
  ],
  firstSourceRow: 2,
  droppedSourceRows: [1503],
  parquetBytes: 48_211,
  steps: [],
  setAsideRows: 0,
  restoredFrom: null,
  table: null,
  schema: null,
  declaredKey: [],
});

export const versions: readonly Version[] = [version(2, '2026-05-03'), version(1, '2025-05-12')];

export const datasets: readonly Dataset[] = demoTerritory.datasets.map((definition, index) => {
  const { file: _file, organization, ...said } = definition;
  return {
    hvdCategory: null,
    homologation: null,
    dueDay: null,
    contact: null,
    ...said,
    state: 'published' as const,
    stateReason: null,
    organization: producer(organization),
    createdAt: new Date('2025-05-12T09:30:00Z'),
    publishedAt: new Date('2025-05-12T09:30:00Z'),
    modifiedAt: new Date(Date.UTC(2026, 4, 3 - index, 9, 30)),
    verifiedAt: null,
    version: versions[0] ?? null,
  };
});

/** The dataset whose page is looked at. */
export const shown = 'arbres-tours';
/** A dataset that was withdrawn. */
export const tombstone = {
  id: 'horaires-piscines',
  title: 'Horaires des piscines',
  organization: { slug: 'ville-de-tours', name: 'Ville de Tours' },
  reason:
    'Le fichier contenait le numéro personnel d’un agent. Une version corrigée sera publiée sous une autre adresse.',
  publishedAt: new Date('2025-09-01T08:00:00Z'),
  withdrawnAt: new Date('2026-01-15T08:00:00Z'),
};

export const organizations = demoTerritory.organizations.map((o) => ({
  ...o,
  datasets: datasets.filter((d) => d.organization.slug === o.slug).length,
}));

export const communes = demoTerritory.communes.map((c) => ({
  ...c,
  datasets: datasets.filter((d) => d.communes.includes(c.insee)).length,
}));

function summary(dataset: Dataset): DatasetSummary {
  const { version: shownVersion, organization, ...said } = dataset;
  return {
    ...said,
    organization: { slug: organization.slug, name: organization.name },
    rows: shownVersion?.rows ?? null,
    format: shownVersion?.file.format ?? null,
    hasGeometry: shownVersion?.geometry !== null,
  };
}

/** A search as plain as can be: any of the words in the title, facets of producers, communes and themes. */
export function search({ q, selected, page, pageSize }: CatalogSearch): CatalogPage {
  const typed = foldText(q);
  const meant = typed === 'arbrs' ? 'arbres' : typed;
  const found = datasets.filter(
    (d) =>
      foldText(d.title).includes(meant) &&
      (selected.organization ?? [d.organization.slug]).includes(d.organization.slug) &&
      (selected.commune === undefined || selected.commune.some((insee) => d.communes.includes(insee))),
  );
  const facet = (
    name: 'organization' | 'commune',
    all: readonly { value: string; label: string; count: number }[],
  ): Facet => ({
    name,
    values: all
      .filter((value) => value.count > 0)
      .sort((a, b) => b.count - a.count)
      .map((value) => ({ ...value, selected: selected[name]?.includes(value.value) ?? false })),
  });
  return {
    total: found.length,
    datasets: found.slice((page - 1) * pageSize, page * pageSize).map(summary),
    matches: [],
    facets: [
      facet(
        'organization',
        organizations.map((o) => ({ value: o.slug, label: o.name, count: o.datasets })),
      ),
      facet(
        'commune',
        communes.map((c) => ({ value: c.insee, label: c.name, count: c.datasets })),
      ),
      { name: 'format', values: [{ value: 'csv', label: 'CSV', count: found.length, selected: false }] },
    ],
    correctedQuery: meant === typed ? null : meant,
  };
}

type RowsQuery = {
  readonly where?: string | readonly string[];
  readonly order_by?: string;
  readonly limit: number;
  readonly offset: number;
};

/** Understands what the tests ask: one word to look for, one column to sort by. */
export function records({ where, order_by, limit, offset }: RowsQuery) {
  const word = /^'(.*)'$/.exec((typeof where === 'string' ? where : where?.[0]) ?? '')?.[1];
  const [, column = '', direction] = /^`(\w+)` (asc|desc)$/.exec(order_by ?? '') ?? [];
  const found = rows.filter((r) => word === undefined || foldText(JSON.stringify(r)).includes(foldText(word)));
  const sorted =
    column === ''
      ? found
      : [...found].sort((a, b) => (Number(a[column]) - Number(b[column])) * (direction === 'desc' ? -1 : 1));
  return { total_count: sorted.length, results: sorted.slice(offset, offset + limit) };
}
