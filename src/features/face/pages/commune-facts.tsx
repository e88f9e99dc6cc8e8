// Six facts of a commune, each with its source.
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { CommuneData } from '../schemas.ts';

export function CommuneFacts({ context: { voice }, data }: { context: PageContext; data: CommuneData }) {
  const { commune, area, territory } = data;
  return (
    <section aria-labelledby="facts" class="six-facts">
      <h2 id="facts" class="visually-hidden">
        {voice.say('face.facts')}
      </h2>
      <dl>
        <div>
          <dt>{voice.say('commune.population')}</dt>
          <dd>{voice.say('commune.inhabitants', { count: voice.number(commune.population) })}</dd>
        </div>
        {area !== null && (
          <div>
            <dt>{voice.say('face.fact.area')}</dt>
            <dd>{voice.say('face.fact.area.value', { count: voice.number(Math.round(area.km2)) })}</dd>
          </div>
        )}
        {territory !== null && (
          <div>
            <dt>{voice.say('face.fact.epci')}</dt>
            <dd>
              <a href={urls.home()}>{territory.name}</a>
            </dd>
          </div>
        )}
        <div>
          <dt>{voice.say(commune.postalCodes.length > 1 ? 'commune.postalCodes' : 'commune.postalCode')}</dt>
          <dd class="code">{commune.postalCodes.join(', ')}</dd>
        </div>
        <div>
          <dt>{voice.say('commune.insee')}</dt>
          <dd class="code">{commune.insee}</dd>
        </div>
        <div>
          <dt>{voice.say('commune.siren')}</dt>
          <dd class="code">{commune.siren}</dd>
        </div>
      </dl>
      <p class="source">
        {voice.say('face.facts.source', { source: commune.populationSource })}{' '}
        {territory !== null && voice.say('face.facts.epci', { source: territory.source })}{' '}
        {area !== null && voice.say('face.facts.area', { source: area.source })}
      </p>
    </section>
  );
}
