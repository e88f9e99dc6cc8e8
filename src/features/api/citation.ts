// How a version is cited: a sentence for people, the same facts for programs, and the address that stays.
import type { Dataset, Version } from '../../model/dataset.ts';
import { licenceById } from '../../model/reference.ts';
import type { Voice } from '../../web/language.ts';
import { urls, withQuery } from '../../web/urls.ts';
import type { Citation } from './schemas.ts';

/** Source and date of the last update: what CRPA L322-1 asks of whoever reuses. */
export function citationOf(dataset: Dataset, version: Version, voice: Voice, publicUrl: string): Citation {
  const licence = licenceById(dataset.licence);
  const title = licence === null ? dataset.licence : voice.of(licence.title);
  const permanentLink = publicUrl + urls.version(dataset.id, version.number);
  return {
    text: voice.say('dataset.citation.text', {
      producer: dataset.organization.name,
      title: dataset.title,
      date: voice.date(version.createdAt),
      licence: title,
      url: permanentLink,
    }),
    title: dataset.title,
    publisher: dataset.organization.name,
    dataset: dataset.id,
    version: version.number,
    publishedAt: version.createdAt.toISOString(),
    licence: { id: dataset.licence, title, url: licence?.url ?? null },
    permanentLink,
    data: publicUrl + withQuery(urls.apiExport(dataset.id, 'csv'), { version: version.number }),
    sha256: version.file.sha256,
  };
}
