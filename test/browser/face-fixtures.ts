// The public face for the tests of pages: what the room's verbs answer, on the fixtures of the catalogue, without a machine.

import results from '../../src/features/face/accessibility-results.json' with { type: 'json' };
import type {
  AccessibilityResults,
  Answer,
  CommuneData,
  Face,
  HomeData,
  OrganizationData,
  TerritoryDrawing,
} from '../../src/features/face/schemas.ts';
import { TerroirError } from '../../src/lib/errors.ts';
import * as f from './fixtures.ts';

const square = (insee: string, x: number, tone: number): TerritoryDrawing['communes'][number] => ({
  insee,
  path: `M${x} 0l500 0l0 600l-500 0z`,
  tone,
  areaKm2: insee === '37261' ? 34.2 : 17.8,
  middle: [x + 250, 300],
  room: 500,
  box: [x, 0, 500, 600],
});

/** Two squares side by side: Tours and Villandry, which are no neighbours. */
export const drawing: TerritoryDrawing = {
  width: 1000,
  height: 600,
  communes: [square('37261', 0, 0), square('37272', 500, 1)],
  border: 'M0 0l1000 0l0 600l-1000 0z',
  mark: 'M0 0l1000 0l0 600l-1000 0z',
  dataset: { id: 'contours', title: 'Contours des communes' },
  source: 'un dessin fait à la main',
};

/** What the city hall of Tours says of itself in these tests. */
export const toursFace: Face = {
  owner: 'ville-de-tours',
  ground: '#5a1f3d',
  accent: '#7a2f52',
  logo: false,
  photo: false,
  photoText: null,
  photoCredit: null,
  mission: 'Rendre simples les services de la ville.',
  contactName: 'Service des données, Hôtel de ville',
  contactEmail: 'donnees@ville-de-tours.example',
  contactPhone: '02 00 00 00 00',
  contactDelay: 'trois jours ouvrés',
  host: null,
  revision: 3,
};

export const homeOf = async (): Promise<HomeData> => ({
  territory: f.territory,
  communes: f.communes,
  figures: { datasets: f.datasets.length, organizations: f.organizations.length, communes: f.communes.length },
  latest: f.search({ q: '', selected: {}, sort: 'recent', page: 1, pageSize: 7 }).datasets,
  today: '2026-06-01',
});

export const accessibilityDeclaration = async () => ({ results: results as AccessibilityResults, face: toursFace });
export const getFaceColours = async () => toursFace;
export const getFaceToChange = async () => ({ owner: toursFace.owner, name: 'Ville de Tours', face: toursFace });
export const mayChangeFace = () => false;
export const territoryDrawing = async () => drawing;
export const drawTerritory = async () => false;

export const communePage = async (_context: unknown, insee: string): Promise<CommuneData> => {
  const commune = f.communes.find((each) => each.insee === insee);
  if (commune === undefined) throw new TerroirError('commune.unknown', { insee });
  const { datasets } = f.search({ q: '', selected: { commune: [insee] }, sort: 'recent', page: 1, pageSize: 100 });
  const organization = f.organizations.find((each) => each.insee === insee) ?? null;
  const answers = datasets.map(
    (dataset): Answer => ({
      subject: 'trees',
      part: 'everyday',
      dataset,
      count: dataset.rows ?? 0,
      sum: null,
      day: null,
      told: [],
      since: null,
      refine: null,
    }),
  );
  return {
    commune,
    organization,
    datasets,
    territory: f.territory,
    answers,
    area: insee === '37261' ? { km2: 34.2, source: 'un dessin fait à la main' } : null,
    face: organization?.slug === toursFace.owner ? toursFace : null,
    missing: datasets.slice(0, 1).map((example) => ({ subject: 'budget', example, communes: 2 })),
  };
};

export const organizationPage = async (_context: unknown, slug: string): Promise<OrganizationData> => {
  const organization = f.organizations.find((each) => each.slug === slug);
  if (organization === undefined) throw new TerroirError('organization.unknown', { id: slug });
  const { datasets } = f.search({ q: '', selected: { organization: [slug] }, sort: 'recent', page: 1, pageSize: 100 });
  return {
    organization,
    datasets,
    freshness: [
      { name: 'upToDate', count: 3 },
      { name: 'due', count: 1 },
    ],
    face: slug === toursFace.owner ? toursFace : null,
  };
};
