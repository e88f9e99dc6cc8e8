// The communes of the territory and of its département, from the npm package @etalab/decoupage-administratif.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const packageName = '@etalab/decoupage-administratif';
const territorySiren = '243700754';
const department = '37';

export type PlaceCommune = {
  readonly code: string;
  readonly name: string;
  readonly siren: string;
  /** INSEE's « population municipale ». */
  readonly population: number;
  readonly postalCodes: readonly string[];
  readonly arrondissement: string;
};

/** An « EPCI à fiscalité propre » that has at least one commune in the département. */
export type PlaceIntermunicipality = {
  readonly siren: string;
  readonly name: string;
  /** METRO, CU, CA, CC. */
  readonly type: string;
  /** INSEE codes of all its communes, those of other départements included. */
  readonly members: readonly string[];
};

export type Decoupage = {
  /** The version of the package, which gives the year of the data: see its README. */
  readonly version: string;
  readonly communes: readonly PlaceCommune[];
  readonly intermunicipalities: readonly PlaceIntermunicipality[];
  /** The metropole of the demonstration. */
  readonly territory: PlaceIntermunicipality;
  /** The communes of the metropole, in the order of their INSEE codes. */
  readonly territoryCommunes: readonly PlaceCommune[];
};

let known: Decoupage | undefined;

/**
 * Reads the package once, and keeps of its 12 MB what concerns the département: the rest would stay in the server's memory.
 * @throws Error when the package is not installed or has another shape.
 */
export function decoupage(): Decoupage {
  known ??= readDecoupage();
  return known;
}

/** Population year of the installed package: its README (6.0.0, « 2026 ») names INSEE's « populations de référence 2023 ». */
export const populationYear = 2023;

export function populationSource(): string {
  return `INSEE, populations municipales de référence ${populationYear} (${packageSource()})`;
}

/** The package and its version, as a citation. */
export function packageSource(): string {
  return `paquet npm ${packageName} ${decoupage().version}`;
}

function readDecoupage(): Decoupage {
  const communes = readList('data/communes.json')
    .filter((record) => record['departement'] === department && record['type'] === 'commune-actuelle')
    .map(readCommune);
  const codes = new Set(communes.map((commune) => commune.code));
  const intermunicipalities = readList('data/epci.json')
    .map(readIntermunicipality)
    .filter((epci) => epci.members.some((code) => codes.has(code)));
  const territory = intermunicipalities.find((epci) => epci.siren === territorySiren);
  if (territory === undefined) throw new Error(`${packageName} has no EPCI ${territorySiren}`);
  return {
    version: text(asRecord(readJson('package.json')), 'version'),
    communes,
    intermunicipalities,
    territory,
    territoryCommunes: communes.filter((commune) => territory.members.includes(commune.code)),
  };
}

function readCommune(record: ForeignRecord): PlaceCommune {
  return {
    code: text(record, 'code'),
    name: text(record, 'nom'),
    siren: text(record, 'siren'),
    population: integer(record, 'population'),
    postalCodes: list(record, 'codesPostaux').map(String),
    arrondissement: text(record, 'arrondissement'),
  };
}

function readIntermunicipality(record: ForeignRecord): PlaceIntermunicipality {
  return {
    siren: text(record, 'code'),
    name: text(record, 'nom'),
    type: text(record, 'type'),
    members: list(record, 'membres').map((member) => text(asRecord(member), 'code')),
  };
}

type ForeignRecord = Readonly<Record<string, unknown>>;

function readJson(path: string): unknown {
  const resolve = createRequire(import.meta.url).resolve;
  return JSON.parse(readFileSync(resolve(`${packageName}/${path}`), 'utf8'));
}

function readList(path: string): readonly ForeignRecord[] {
  const value = readJson(path);
  if (!Array.isArray(value)) throw new Error(`${packageName}/${path} is not a list`);
  return value.map(asRecord);
}

function asRecord(value: unknown): ForeignRecord {
  if (typeof value !== 'object' || value === null) throw new Error(`${packageName}: not a record: ${String(value)}`);
  return Object.fromEntries(Object.entries(value));
}

function text(record: ForeignRecord, name: string): string {
  const value = record[name];
  if (typeof value !== 'string') throw new Error(`${packageName}: ${name} is not a text in ${JSON.stringify(record)}`);
  return value;
}

function integer(record: ForeignRecord, name: string): number {
  const value = record[name];
  if (typeof value !== 'number')
    throw new Error(`${packageName}: ${name} is not a number in ${JSON.stringify(record)}`);
  return value;
}

function list(record: ForeignRecord, name: string): readonly unknown[] {
  const value = record[name];
  if (!Array.isArray(value)) throw new Error(`${packageName}: ${name} is not a list in ${JSON.stringify(record)}`);
  return value;
}
