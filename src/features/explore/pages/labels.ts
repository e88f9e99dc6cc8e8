// What the charts of a dataset are called: the columns' own titles, the names of communes, the source under each.
import type { ChartSpec } from '../../../model/chart/spec.ts';
import type { Dataset, Version } from '../../../model/dataset.ts';
import { licenceById } from '../../../model/reference.ts';
import type { Voice } from '../../../web/language.ts';

export function columnTitle(version: Version, name: string): string {
  return version.fields.find((field) => field.name === name)?.title || name;
}

export function chartLabels(version: Version, { x, y, series }: ChartSpec) {
  return {
    x: columnTitle(version, x),
    y: y === null ? null : columnTitle(version, y),
    series: series === null ? null : columnTitle(version, series),
  };
}

/** Source, licence and date: printed under every picture made of the data. */
export function sourceLine(dataset: Dataset, version: Version, voice: Voice): string {
  const licence = licenceById(dataset.licence);
  return voice.say('chart.source', {
    producer: dataset.organization.name,
    title: dataset.title,
    date: voice.date(version.createdAt),
    licence: licence === null ? dataset.licence : voice.of(licence.title),
  });
}
