// The eight sentences of quality, each with yes or not yet, and where the answer comes from.
import type { Dataset, Version } from '../../../model/dataset.ts';
import { frequencyById, licenceById } from '../../../model/reference.ts';
import type { Voice } from '../../../web/language.ts';
import type { Freshness } from '../../catalog/schemas.ts';
import { filledShare, linkingRoles, namedFields, type QualityName, qualityOf } from '../quality.ts';

type Props = {
  readonly voice: Voice;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly freshness: Freshness;
};

export function QualityList(props: Props) {
  const { voice, dataset, version, freshness } = props;
  return (
    <section aria-labelledby="quality">
      <h2 id="quality">{voice.say('quality.title')}</h2>
      <p>{voice.say('quality.intro')}</p>
      <ul class="quality">
        {qualityOf(dataset, version, freshness).map(({ name, kept }) => {
          const answer = kept === null ? 'unknown' : kept ? 'yes' : 'no';
          return (
            <li key={name} class={answer}>
              <strong>{voice.say(`quality.${answer}`)}</strong>
              <span>{voice.say(`quality.${name}`)}</span>
              <small>{sourceOf(name, props)}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function sourceOf(name: QualityName, { voice, dataset, version }: Props): string {
  const say = (params: Readonly<Record<string, string>> = {}) => voice.say(`quality.${name}.source`, params);
  switch (name) {
    case 'described':
      return say({ count: voice.number(dataset.description.trim().length) });
    case 'licensed': {
      const licence = licenceById(dataset.licence);
      return say({ licence: licence === null ? dataset.licence : voice.of(licence.title) });
    }
    case 'fresh': {
      const frequency = frequencyById(dataset.frequency);
      return say({
        date: voice.date(version.createdAt),
        rhythm: frequency === null ? dataset.frequency : voice.of(frequency.label).toLowerCase(),
      });
    }
    case 'complete':
      return say({
        share: voice.percent(filledShare(version) ?? 0),
        rows: voice.count('dataset.rows.one', 'dataset.rows.many', version.rows),
      });
    case 'readable':
      return say({ count: voice.number(version.problems.filter((p) => p.severity === 'error').length) });
    case 'named':
      return say({ named: voice.number(namedFields(version)), count: voice.number(version.fields.length) });
    case 'linked': {
      const roles = linkingRoles.filter((role) => version.fields.some((field) => field.role === role));
      const names = [
        ...roles.map((role) => voice.say(`role.${role}`)),
        ...(version.geometry === null ? [] : [voice.say('quality.place')]),
      ];
      return names.length === 0 ? voice.say('quality.linked.none') : say({ roles: names.join(', ') });
    }
    case 'open':
      return say();
  }
}
