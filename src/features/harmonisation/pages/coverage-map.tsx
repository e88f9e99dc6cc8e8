// Which communes are in a shared table: a drawing told by patterns and marks as well as colours, and the table that says the same.
import type { Voice } from '../../../web/language.ts';
import { urls } from '../../../web/urls.ts';
import type { CommuneCoverage } from '../schemas.ts';

/** The part of a drawing of the territory that is shown here. */
export type CoverageDrawing = {
  readonly width: number;
  readonly height: number;
  readonly communes: readonly {
    readonly insee: string;
    readonly path: string;
    readonly middle: readonly [number, number];
    readonly room: number;
  }[];
};

type Props = {
  readonly voice: Voice;
  readonly communes: readonly CommuneCoverage[];
  /** Null as long as no boundaries were published. */
  readonly drawing: CoverageDrawing | null;
  readonly id: string;
  readonly schema: string;
};

const margin = 14;
const marks = { there: '✓', degraded: '!', waiting: '…', missing: '' } as const;
const states = ['there', 'degraded', 'waiting', 'missing'] as const;

export function Coverage({ voice, communes, drawing, id, schema }: Props) {
  const shown = states.filter((state) => communes.some((commune) => commune.state === state));
  return (
    <section aria-labelledby="coverage" class="coverage-part">
      <h2 id="coverage">{voice.say('coverage.title')}</h2>
      <div class={drawing === null ? '' : 'coverage'}>
        {drawing !== null && (
          <figure>
            <Drawing drawing={drawing} communes={communes} />
            <figcaption>
              <ul class="coverage-key">
                {shown.map((state) => (
                  <li key={state}>
                    <svg viewBox="0 0 36 24" width="36" height="24" aria-hidden="true" focusable="false">
                      <rect class={`area ${state}`} x="1" y="1" width="34" height="22" rx="3" />
                      <text x="18" y="18" text-anchor="middle">
                        {marks[state]}
                      </text>
                    </svg>{' '}
                    {voice.say(`coverage.${state}`)} ({communes.filter((commune) => commune.state === state).length})
                  </li>
                ))}
              </ul>
            </figcaption>
          </figure>
        )}
        <div class="scroll" role="region" aria-label={voice.say('coverage.caption')} tabindex={0}>
          <table>
            <caption>{voice.say('coverage.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{voice.say('coverage.commune')}</th>
                <th scope="col">{voice.say('harmonisation.standing')}</th>
                <th scope="col">{voice.say('harmonisation.rows')}</th>
                <th scope="col">{voice.say('coverage.take')}</th>
              </tr>
            </thead>
            <tbody>
              {communes.map(({ insee, name, state, rows }) => (
                <tr key={insee}>
                  <th scope="row">
                    <a href={urls.commune(insee)}>{name}</a>
                  </th>
                  <td>
                    {marks[state] !== '' && <span aria-hidden="true">{marks[state]} </span>}
                    {voice.say(`coverage.${state}`)}
                  </td>
                  <td class="number">{voice.number(rows)}</td>
                  <td>
                    {rows > 0 ? (
                      <a
                        href={`${urls.apiExport(id, 'csv')}?commune=${insee}`}
                        aria-label={voice.say('harmonisation.download.of', { name })}
                      >
                        {voice.say('harmonisation.download')}
                      </a>
                    ) : state === 'missing' ? (
                      <a href="#join">{voice.say('coverage.join')}</a>
                    ) : (
                      '–'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      {communes.some(({ state }) => state === 'missing') && (
        <section id="join" aria-labelledby="join-title" class="card">
          <h3 id="join-title">{voice.say('coverage.join.title')}</h3>
          <p>{voice.say('harmonisation.missing.lead')}</p>
          <ol>
            <li>
              {voice.say('coverage.join.file')}{' '}
              <a href={urls.schemaTemplate(schema, 'xlsx')} download>
                {voice.say('schemas.fill.xlsx')}
              </a>
            </li>
            <li>
              <a href={urls.desk()}>{voice.say('coverage.join.deposit')}</a>
            </li>
            <li>{voice.say('coverage.join.tell')}</li>
          </ol>
        </section>
      )}
    </section>
  );
}

function Drawing({
  drawing: { width, height, communes: areas },
  communes,
}: {
  readonly drawing: CoverageDrawing;
  readonly communes: readonly CommuneCoverage[];
}) {
  const known = new Map(communes.map((commune) => [commune.insee, commune]));
  return (
    <svg
      class="coverage-map"
      viewBox={`${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <pattern id="stripes" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="ground" width="14" height="14" />
          <rect class="stripe" width="6" height="14" />
        </pattern>
        <pattern id="dots" width="16" height="16" patternUnits="userSpaceOnUse">
          <rect class="ground" width="16" height="16" />
          <circle class="dot" cx="8" cy="8" r="2.6" />
        </pattern>
      </defs>
      {areas.map(({ insee, path, middle }) => {
        const { state = 'missing', name = '' } = known.get(insee) ?? {};
        return (
          <g key={insee}>
            <path class={`area ${state}`} d={path} />
            {name !== '' && <title>{name}</title>}
            {marks[state] !== '' && (
              <text class={`mark-of ${state}`} x={middle[0]} y={middle[1] + 12} text-anchor="middle">
                {marks[state]}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
