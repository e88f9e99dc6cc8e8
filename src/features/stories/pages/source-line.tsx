// What stands under each live block: whose data it is, of which day, under which licence.
import { licenceById } from '../../../model/reference.ts';
import type { Voice } from '../../../web/language.ts';
import type { Source } from '../schemas.ts';

/** Where the data comes from, and the way to it. */
export function SourceLine({ voice, source }: { readonly voice: Voice; readonly source: Source }) {
  const { dataset, version, href } = source;
  const licence = licenceById(dataset.licence);
  return (
    <p class="chart-source">
      {voice.say('chart.source', {
        producer: dataset.organization.name,
        title: dataset.title,
        date: voice.date(version.createdAt),
        licence: licence === null ? dataset.licence : voice.of(licence.title),
      })}{' '}
      <a href={href}>{voice.say('stories.seeData')}</a>
    </p>
  );
}
