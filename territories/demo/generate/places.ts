// The real files: communes, postal codes and intermunicipalities, written from the package at setup.
import { decoupage, type PlaceCommune } from '../decoupage.ts';
import { type Cell, writeCsvFile } from './csv-file.ts';

const communeHeader = ['code_insee', 'nom', 'siren', 'population_municipale', 'codes_postaux'];

export async function writeTerritoryCommunes(folder: string): Promise<string> {
  const rows = decoupage().territoryCommunes.map(communeCells);
  return writeCsvFile(folder, 'communes-tours-metropole.csv', [communeHeader, ...rows]);
}

/** One row per pair: a postal code may serve several communes, a commune may have several codes. */
export async function writeTerritoryPostalCodes(folder: string): Promise<string> {
  const rows = decoupage()
    .territoryCommunes.flatMap((commune) =>
      commune.postalCodes.map((code): Cell[] => [code, commune.code, commune.name]),
    )
    .sort((one, other) => one.join().localeCompare(other.join()));
  return writeCsvFile(folder, 'codes-postaux-tours-metropole.csv', [['code_postal', 'code_insee', 'commune'], ...rows]);
}

/** All communes of the département, each with its intermunicipality. */
export async function writeDepartmentCommunes(folder: string): Promise<string> {
  const { communes, intermunicipalities } = decoupage();
  const header = [...communeHeader, 'arrondissement', 'siren_epci', 'nom_epci'];
  const rows = communes.map((commune): Cell[] => {
    const epci = intermunicipalities.find((candidate) => candidate.members.includes(commune.code));
    return [...communeCells(commune), commune.arrondissement, epci?.siren ?? null, epci?.name ?? null];
  });
  return writeCsvFile(folder, 'communes-indre-et-loire.csv', [header, ...rows]);
}

/** Intermunicipalities that have a commune in the département; population is that of their communes in it. */
export async function writeIntermunicipalities(folder: string): Promise<string> {
  const { communes, intermunicipalities } = decoupage();
  const header = ['siren', 'nom', 'type', 'communes', 'communes_en_indre_et_loire', 'population_en_indre_et_loire'];
  const rows = intermunicipalities.map((epci): Cell[] => {
    const inside = communes.filter((commune) => epci.members.includes(commune.code));
    const population = inside.reduce((sum, commune) => sum + commune.population, 0);
    return [epci.siren, epci.name, epci.type, epci.members.length, inside.length, population];
  });
  return writeCsvFile(folder, 'intercommunalites-indre-et-loire.csv', [header, ...rows]);
}

function communeCells(commune: PlaceCommune): Cell[] {
  return [commune.code, commune.name, commune.siren, commune.population, commune.postalCodes.join(' ')];
}
