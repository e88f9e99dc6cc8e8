// What each column holds, in plain words and in figures.
import type { Version } from '../../../model/dataset.ts';
import type { Field, FieldProfile } from '../../../model/field.ts';
import type { Voice } from '../../../web/language.ts';
import { shownProfileValue } from './values.ts';

export function ColumnsTable({ voice, version }: { voice: Voice; version: Version }) {
  const profiles = new Map(version.profiles.map((profile) => [profile.name, profile]));
  const heads = ['name', 'type', 'example', 'filled', 'distinct', 'range', 'top'] as const;
  const caption = voice.say('dataset.columns');
  return (
    <section aria-labelledby="columns">
      <h2 id="columns">{caption}</h2>
      <p>{voice.say('dataset.columns.intro')}</p>
      <div class="scroll" role="region" aria-label={voice.say('dataset.columns.scroll')} tabindex={0}>
        <table class="understand">
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {voice.say(`dataset.columns.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {version.fields.map((field) => (
              <ColumnRow key={field.name} voice={voice} field={field} profile={profiles.get(field.name)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ColumnRow({ voice, field, profile }: { voice: Voice; field: Field; profile: FieldProfile | undefined }) {
  const shown = (value: string) => shownProfileValue(value, field, voice);
  const example = profile?.top[0]?.value ?? profile?.min ?? null;
  // Between two texts, or yes and no, nothing lies: a range is said of what has an order people know.
  const ordered = field.type !== 'string' && field.type !== 'boolean';
  const range = ordered && profile?.min != null && profile.max != null ? ([profile.min, profile.max] as const) : null;
  const distinct = profile === undefined ? '' : voice.number(profile.distinct);
  return (
    <tr>
      <th scope="row">
        {field.title || field.name}
        {field.title !== field.name && field.title !== '' && <code class="api-name">{field.name}</code>}
      </th>
      <td>{field.role === null ? voice.say(`type.${field.type}`) : voice.say(`role.${field.role}`)}</td>
      <td class="wide-cell">{example !== null && shown(example)}</td>
      <td class="number">
        {profile !== undefined && (
          <>
            <Bar share={profile.filledShare} />
            {voice.percent(profile.filledShare)}
          </>
        )}
      </td>
      <td class="number">
        {profile?.distinctEstimated === true ? voice.say('dataset.columns.about', { count: distinct }) : distinct}
      </td>
      <td class="range">{range !== null && `${shown(range[0])} … ${shown(range[1])}`}</td>
      <td class="wide-cell">
        {profile?.top
          .slice(0, 3)
          .map((top) => `${shown(top.value)} (${voice.number(top.count)})`)
          .join(', ')}
      </td>
    </tr>
  );
}

/** The share of rows with a value, drawn; the figure beside it says it in words. */
function Bar({ share }: { share: number }) {
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect width={Math.round(share * 100)} height="10" />
    </svg>
  );
}
