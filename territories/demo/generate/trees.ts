// Trees of two communes on the same subject, in two shapes: a clean CSV, and a spreadsheet's export with faults planted.
import { addDays, frenchDate } from './calendar.ts';
import { type Cell, plainStyle, spreadsheetStyle, withComma, writeCsvFile } from './csv-file.ts';
import { type Draws, seededDraws } from './seeded.ts';
import { type Point, type Species, saintAvertinSites, species, type TreeSite, toursSites } from './tree-sites.ts';

type Tree = {
  readonly site: string;
  readonly species: Species;
  readonly planted: string;
  readonly heightMetres: number;
  readonly girthCentimetres: number;
  readonly remarkable: boolean;
  readonly at: Point;
};

const observed = '2026-06-30';
const metresPerDegree = 111_320;

/** UTF-8, commas, decimal points, ISO dates; one tree in thirty was not measured. */
export async function writeToursTrees(folder: string): Promise<string> {
  const draws = seededDraws(37261);
  const rows: Cell[][] = [
    [
      'id',
      'code_insee',
      'lieu',
      'nom_latin',
      'nom_commun',
      'date_plantation',
      'hauteur_m',
      'circonference_cm',
      'remarquable',
      'date_observation',
      'latitude',
      'longitude',
    ],
  ];
  for (const tree of plantTrees(toursSites, draws)) {
    const measured = draws.next() > 1 / 30;
    rows.push([
      `37261-A-${String(rows.length).padStart(5, '0')}`,
      '37261',
      tree.site,
      tree.species.latin,
      tree.species.french,
      tree.planted,
      measured ? tree.heightMetres.toFixed(1) : null,
      measured ? tree.girthCentimetres : null,
      tree.remarkable ? 'true' : 'false',
      observed,
      tree.at[0].toFixed(6),
      tree.at[1].toFixed(6),
    ]);
  }
  return writeCsvFile(folder, 'arbres-tours.csv', rows, plainStyle);
}

/** windows-1252, semicolons, decimal commas, dd/mm/yyyy, an empty column, three rows written twice. */
export async function writeSaintAvertinTrees(folder: string): Promise<string> {
  const draws = seededDraws(37208);
  const header = 'N°;Essence;Nom latin;Emplacement;Plantation;Hauteur (m);Diamètre (cm);Etat;Observations;Lat;Long';
  const rows: Cell[][] = [];
  for (const tree of plantTrees(saintAvertinSites, draws)) {
    rows.push([
      rows.length + 1,
      tree.species.french.replaceAll('’', "'"),
      tree.species.latin,
      tree.site,
      frenchDate(tree.planted),
      withComma(tree.heightMetres, 1),
      withComma(tree.girthCentimetres / Math.PI, 1),
      draws.pick(['bon', 'bon', 'bon', 'moyen', 'à surveiller']),
      null,
      withComma(tree.at[0], 6),
      withComma(tree.at[1], 6),
    ]);
  }
  const twice = [100, 250, 400].flatMap((at) => rows.slice(at, at + 1));
  return writeCsvFile(folder, 'arbres-saint-avertin.csv', [header.split(';'), ...rows, ...twice], spreadsheetStyle);
}

function plantTrees(sites: readonly TreeSite[], draws: Draws): readonly Tree[] {
  return sites.flatMap((site) => {
    // A site is planted with a few species, and mostly with the first.
    const grown = [draws.pick(species), draws.pick(species), draws.pick(species)] as const;
    return Array.from({ length: site.trees }, (_, index) => {
      const age = draws.integer(2, 120);
      return {
        site: site.name,
        species: draws.next() < 0.6 ? grown[0] : draws.pick(grown),
        planted: plantingDay(2026 - age, draws),
        heightMetres: Math.max(1.5, 3 + 22 * (1 - Math.exp(-age / 35)) + 1.5 * draws.bell()),
        girthCentimetres: Math.max(12, Math.round(14 + 2.1 * age + 12 * draws.bell())),
        remarkable: age > 100 && draws.next() < 0.2,
        at: stand(site, index, draws),
      };
    });
  });
}

/** Trees are planted in winter: from the first of November, four months at most. */
function plantingDay(year: number, draws: Draws): string {
  return addDays(`${year - 1}-11-01`, draws.integer(0, 119));
}

/** A place along the site's line, away from it by less than its spread. */
function stand(site: TreeSite, index: number, draws: Draws): Point {
  const along = site.trees > 1 ? index / (site.trees - 1) : 0;
  const distance = site.spread * Math.sqrt(draws.next());
  const bearing = 2 * Math.PI * draws.next();
  const latitude = site.from[0] + (site.to[0] - site.from[0]) * along;
  const longitude = site.from[1] + (site.to[1] - site.from[1]) * along;
  const metresPerDegreeEast = metresPerDegree * Math.cos((latitude * Math.PI) / 180);
  return [
    latitude + (distance * Math.sin(bearing)) / metresPerDegree,
    longitude + (distance * Math.cos(bearing)) / metresPerDegreeEast,
  ];
}
