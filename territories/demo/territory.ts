// The demonstration territory: Tours Métropole Val de Loire, its 22 communes, its producers and their datasets.
import { slugify } from '../../src/lib/text.ts';
import { demoDatasets } from './datasets.ts';
import { decoupage, packageSource, populationSource } from './decoupage.ts';
import type { DemoTerritory } from './definition.ts';
import { communeOrganizationName, demoOrganizations } from './organizations.ts';

/** Read on demand: a server that starts for the second time never opens the package nor the definitions. */
export const demoTerritory: DemoTerritory = {
  get territory() {
    const { territory } = decoupage();
    return {
      name: territory.name,
      kind: 'metropole' as const,
      siren: territory.siren,
      source: `INSEE (code officiel géographique), DGCL (intercommunalités), La Poste (codes postaux) : ${packageSource()}`,
    };
  },
  get communes() {
    return decoupage().territoryCommunes.map((commune) => ({
      insee: commune.code,
      name: commune.name,
      siren: commune.siren,
      population: commune.population,
      populationSource: populationSource(),
      postalCodes: commune.postalCodes,
      organization: slugify(communeOrganizationName(commune)),
    }));
  },
  get organizations() {
    return demoOrganizations();
  },
  get datasets() {
    return demoDatasets();
  },
};
