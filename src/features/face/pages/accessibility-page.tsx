// The accessibility declaration: what the tests found, check by check, what nobody has checked yet, and whom to tell.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import type { AccessibilityResults, Face } from '../schemas.ts';
import { Human } from './human.tsx';

/** The same page as data. */
export function accessibilityData(results: AccessibilityResults, voice: Voice) {
  return { title: voice.say('accessibility.title'), state: voice.say('accessibility.state'), ...results };
}

type Props = {
  readonly context: PageContext;
  readonly results: AccessibilityResults;
  /** Who answers for the territory. */
  readonly face: Face | null;
};

export function AccessibilityPage({ context, results, face }: Props) {
  const { voice } = context;
  const { pages, checks, axe, checkedOn } = results;
  return (
    <Layout
      context={context}
      title={voice.say('accessibility.title')}
      description={voice.say('accessibility.state')}
      crumbs={[]}
    >
      <div class="narrow">
        <h1>{voice.say('accessibility.title')}</h1>
        <p class="lead">{voice.say('accessibility.state')}</p>
        <h2>{voice.say('accessibility.tested')}</h2>
        <p>
          {voice.say('accessibility.generated', {
            date: voice.date(new Date(`${checkedOn}T12:00:00Z`)),
            count: voice.number(pages.length),
            axe,
          })}
        </p>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label={voice.say('accessibility.table')}>
        <table>
          <caption>{voice.say('accessibility.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{voice.say('accessibility.check')}</th>
              <th scope="col">{voice.say('accessibility.criteria')}</th>
              <th scope="col">{voice.say('accessibility.result')}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ id, criteria, failing }) => (
              <tr key={id}>
                <th scope="row">{voice.say(`accessibility.check.${id}`)}</th>
                <td>{criteria}</td>
                <td>
                  {failing.length === 0 ? (
                    <span class="pill">{voice.say('accessibility.passed', { count: voice.number(pages.length) })}</span>
                  ) : (
                    <span class="pill overdue">{voice.say('accessibility.failed', { pages: failing.join(', ') })}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="narrow">
        <details>
          <summary>{voice.say('accessibility.pages')}</summary>
          <ul>
            {pages.map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </details>
        <h2>{voice.say('accessibility.untested')}</h2>
        <p>{voice.say('accessibility.untested.text')}</p>
        <h2>{voice.say('accessibility.contact')}</h2>
        <p>{voice.say('accessibility.contact.text')}</p>
        <p>{voice.say('accessibility.rights')}</p>
      </div>
      <Human face={face} slug={null} voice={voice} />
    </Layout>
  );
}
