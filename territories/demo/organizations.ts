// The producers of the territory: the metropole, its 22 communes, and the big ones named by the founding opinion.
import { slugify } from '../../src/lib/text.ts';
import type { Organization, OrganizationKind } from '../../src/model/dataset.ts';
import { decoupage, type PlaceCommune, populationSource } from './decoupage.ts';

/** The communes that call themselves « Ville de »: written out, because a name must not change with a population. */
const towns = new Set(['37018', '37050', '37109', '37122', '37195', '37208', '37214', '37233', '37261']);

export const metropoleSlug = 'tours-metropole-val-de-loire';

/** « Ville de Tours », « Commune de Druye ». */
export function communeOrganizationName(commune: Pick<PlaceCommune, 'code' | 'name'>): string {
  return `${towns.has(commune.code) ? 'Ville' : 'Commune'} de ${commune.name}`;
}

/** Every producer; identifiers are null where no source that we could check gives them. */
export function demoOrganizations(): readonly Organization[] {
  return [metropole(), ...decoupage().territoryCommunes.map(communeOrganization), ...otherProducers()];
}

function metropole(): Organization {
  const { territory, territoryCommunes } = decoupage();
  return {
    ...producer(metropoleSlug, territory.name, 'metropole'),
    siren: territory.siren,
    population: territoryCommunes.reduce((sum, commune) => sum + commune.population, 0),
    populationSource: `${populationSource()}, somme des communes`,
    description: `Intercommunalité de ${territoryCommunes.length} communes autour de Tours.`,
  };
}

function communeOrganization(commune: PlaceCommune): Organization {
  const name = communeOrganizationName(commune);
  return {
    ...producer(slugify(name), name, 'commune'),
    siren: commune.siren,
    insee: commune.code,
    population: commune.population,
    populationSource: populationSource(),
  };
}

/** SIREN of the hospital and the university: as public lists of establishments print them; the others stay unknown. */
function otherProducers(): readonly Organization[] {
  return [
    {
      ...producer('chu-de-tours', 'CHU de Tours', 'hospital'),
      siren: '263700189',
      description: 'Centre hospitalier régional universitaire de Tours.',
    },
    {
      ...producer('universite-de-tours', 'Université de Tours', 'university'),
      siren: '193708005',
      siret: '19370800500478',
      description: 'Université pluridisciplinaire, à Tours et à Blois.',
    },
    {
      ...producer('departement-d-indre-et-loire', 'Département d’Indre-et-Loire', 'departement'),
      description: 'Collectivité départementale : solidarités, collèges, routes, archives.',
    },
    {
      ...producer('cci-touraine', 'CCI Touraine', 'chamber'),
      description: 'Chambre de commerce et d’industrie de Touraine.',
    },
    {
      ...producer(
        'chambre-de-metiers-et-de-l-artisanat-d-indre-et-loire',
        'Chambre de métiers et de l’artisanat d’Indre-et-Loire',
        'chamber',
      ),
      description: 'Établissement public au service des artisans et des apprentis.',
    },
    {
      ...producer('chambre-d-agriculture-d-indre-et-loire', 'Chambre d’agriculture d’Indre-et-Loire', 'chamber'),
      description: 'Établissement public au service des agriculteurs et des territoires ruraux.',
    },
  ];
}

function producer(slug: string, name: string, kind: OrganizationKind): Organization {
  return {
    slug,
    name,
    kind,
    siret: null,
    siren: null,
    insee: null,
    population: null,
    populationSource: null,
    description: null,
  };
}
