// The files that are written at setup, by the name that a dataset's definition gives them.
import type { FileGenerator } from '../definition.ts';
import { writePublicHolidays } from './calendar.ts';
import { writeCollectionCalendar } from './collection.ts';
import { writeOutlines } from './outlines.ts';
import {
  writeDepartmentCommunes,
  writeIntermunicipalities,
  writeTerritoryCommunes,
  writeTerritoryPostalCodes,
} from './places.ts';
import { writeSaintAvertinTrees, writeToursTrees } from './trees.ts';

export const generators: Readonly<Record<string, FileGenerator>> = {
  territoryCommunes: writeTerritoryCommunes,
  territoryPostalCodes: writeTerritoryPostalCodes,
  departmentCommunes: writeDepartmentCommunes,
  intermunicipalities: writeIntermunicipalities,
  publicHolidays: writePublicHolidays,
  toursTrees: writeToursTrees,
  saintAvertinTrees: writeSaintAvertinTrees,
  collectionCalendar: writeCollectionCalendar,
  outlines: writeOutlines,
};
