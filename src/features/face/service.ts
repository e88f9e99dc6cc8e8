// The verbs of the public face: what the home page, the pages of communes and of organizations show.
import type { Context } from '../../context.ts';
import type { Language } from '../../model/language.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { freshnesses } from '../catalog/schemas.ts';
import {
  getCommune,
  getOrganization,
  getTerritory,
  listCommunes,
  listOrganizations,
  searchCatalog,
} from '../catalog/service.ts';
import results from './accessibility-results.json' with { type: 'json' };
import { answersAbout } from './answers.ts';
import { comparisonOf } from './comparing.ts';
import { territoryDrawing } from './drawing.ts';
import { whileNobodyWrites } from './memory.ts';
import { readFace } from './queries.ts';
import { dayInParis } from './rules.ts';
import type { AccessibilityResults, CommuneData, Comparison, Face, HomeData, OrganizationData } from './schemas.ts';
import { missingAt } from './shared.ts';

export { contrast, moved, readable } from './colour-rules.ts';
export { drawTerritory, territoryDrawing } from './drawing.ts';
export { changeFace, getFaceColours, getFaceToChange, getPicture, mayChangeFace } from './faces.ts';
export { scoped, whiteLabel } from './white-label.ts';

/** How many of the newest datasets the home page tells. */
const latestShown = 7;
const mostOfOrganization = 50;

/** What the accessibility tests found, and who answers for the territory. */
export async function accessibilityDeclaration(
  context: Context,
): Promise<{ readonly results: AccessibilityResults; readonly face: Face | null }> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return { results: results as AccessibilityResults, face: await readFace(context.db, '') };
}

/** What the home page shows. */
export async function homeOf(context: Context, language: Language): Promise<HomeData> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return whileNobodyWrites(context, `home ${language}`, () => readHome(context, language));
}

async function readHome(context: Context, language: Language): Promise<HomeData> {
  const search = { q: '', selected: {}, sort: 'recent', page: 1, pageSize: latestShown, language } as const;
  const [territory, communes, organizations, found] = await Promise.all([
    getTerritory(context),
    listCommunes(context),
    listOrganizations(context),
    searchCatalog(context, search),
  ]);
  const figures = { datasets: found.total, organizations: organizations.length, communes: communes.length };
  return { territory, communes, figures, latest: found.datasets, today: dayInParis(context.now()) };
}

/** A commune's page: facts, answers, what is published and what could be. @throws TerroirError commune.unknown */
export async function communePage(context: Context, insee: string): Promise<CommuneData> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return whileNobodyWrites(context, `commune ${insee}`, () => readCommune(context, insee));
}

/** Communes side by side, per inhabitant: what common datasets say of each. */
export async function compareCommunes(context: Context, codes: readonly string[]): Promise<Comparison> {
  return comparisonOf(context, codes, communePage);
}

async function readCommune(context: Context, insee: string): Promise<CommuneData> {
  const [found, territory, drawing] = await Promise.all([
    getCommune(context, insee),
    getTerritory(context),
    territoryDrawing(context),
  ]);
  const slug = found.organization?.slug ?? null;
  const [answers, missing, face] = await Promise.all([
    answersAbout(context, found.commune, found.datasets),
    // Under an own address, the data of others has no page to lead to.
    context.shownOrganizations === undefined ? missingAt(context, slug) : [],
    slug === null ? null : readFace(context.db, slug),
  ]);
  const drawn = drawing?.communes.find((commune) => commune.insee === insee);
  // A drawing without a source is a scheme: nothing is measured on it.
  const area =
    drawing === null || drawn === undefined || drawing.source === null
      ? null
      : { km2: drawn.areaKm2, source: drawing.source };
  return { ...found, territory, answers, missing, face, area };
}

/** An organization's page, its newest datasets, and how many keep their rhythm. @throws TerroirError organization.unknown */
export async function organizationPage(context: Context, slug: string, language: Language): Promise<OrganizationData> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return whileNobodyWrites(context, `organization ${slug} ${language}`, () =>
    readOrganization(context, slug, language),
  );
}

async function readOrganization(context: Context, slug: string, language: Language): Promise<OrganizationData> {
  const organization = await getOrganization(context, slug);
  const search = {
    q: '',
    selected: { organization: [slug] },
    sort: 'recent',
    page: 1,
    pageSize: mostOfOrganization,
    language,
  } as const;
  const [face, { datasets, facets }] = await Promise.all([readFace(context.db, slug), searchCatalog(context, search)]);
  const counted = facets.find(({ name }) => name === 'freshness')?.values ?? [];
  const freshness = freshnesses
    .map((name) => ({ name, count: counted.find(({ value }) => value === name)?.count ?? 0 }))
    .filter(({ count }) => count > 0);
  return { organization, datasets, freshness, face };
}
