// The widgets of an organization: what its sites show, how it does; and the page of one, with its code.
import type { Voice } from '../../../web/language.ts';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { isDeclared } from '../rules.ts';
import type { OrganizationWidgets, WatchedWidget, WidgetHealth } from '../schemas.ts';
import { Codes, type CodesToCopy, type Refused, RefusedNote } from './parts.tsx';

const pills = { waiting: 'unknown', healthy: '', stale: 'due', broken: 'overdue', retired: 'withdrawn' } as const;

type ListProps = {
  readonly context: PageContext;
  readonly data: OrganizationWidgets & { readonly done: string | null };
};

export function OrganizationWidgetsPage({ context, data }: ListProps) {
  const { voice } = context;
  const { organization, widgets, mayManage, done } = data;
  return (
    <Layout
      context={context}
      title={voice.say('studio.mine.title')}
      crumbs={[{ label: organization.name, href: urls.organization(organization.slug) }]}
    >
      <h1>{voice.say('studio.mine', { name: organization.name })}</h1>
      <p class="lead">{voice.say('studio.mine.lead')}</p>
      {done !== null && (
        <p class="done" role="status">
          {done}
        </p>
      )}
      {widgets.length === 0 ? (
        <p class="empty">{voice.say('studio.mine.none')}</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label={voice.say('studio.mine.table')}>
          <table>
            <caption>{voice.say('studio.mine.source')}</caption>
            <thead>
              <tr>
                <th scope="col">{voice.say('studio.mine.name')}</th>
                <th scope="col">{voice.say('studio.mine.state')}</th>
                <th scope="col">{voice.say('studio.mine.hosts')}</th>
                <th scope="col" class="number">
                  {voice.say('studio.mine.uses')}
                </th>
                <th scope="col">{voice.say('studio.mine.seen')}</th>
              </tr>
            </thead>
            <tbody>
              {widgets.map((widget) => (
                <WidgetRow voice={voice} widget={widget} key={widget.instance.key} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayManage && (
        <p>
          <a class="button" href={urls.widgets()}>
            {voice.say('studio.mine.new')}
          </a>
        </p>
      )}
    </Layout>
  );
}

function WidgetRow({ voice, widget: { instance, health, uses } }: { voice: Voice; widget: WatchedWidget }) {
  return (
    <tr>
      <th scope="row">
        <a href={urls.organizationWidget(instance.organization, instance.key)}>{instance.name}</a>
      </th>
      <td>
        <State voice={voice} health={health} />
      </td>
      <td>{instance.hosts.join(', ')}</td>
      <td class="number">{voice.number(uses.reduce((sum, use) => sum + use.uses, 0))}</td>
      <td>{seen(voice, health)}</td>
    </tr>
  );
}

function State({ voice, health }: { readonly voice: Voice; readonly health: WidgetHealth }) {
  return (
    <>
      <span class={`pill ${pills[health.state]}`}>{voice.say(`studio.state.${health.state}`)}</span>
      {health.trouble !== null && (
        <span class="widget-why">{voice.say(`studio.trouble.${health.trouble}`, { about: health.about ?? '' })}</span>
      )}
    </>
  );
}

function seen(voice: Voice, { lastSeen }: WidgetHealth): string {
  return lastSeen === null ? voice.say('studio.mine.never') : voice.date(new Date(`${lastSeen}T12:00:00Z`));
}

export type WidgetPageData = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly widget: WatchedWidget;
  readonly mayManage: boolean;
  readonly codes: CodesToCopy | null;
  readonly done: string | null;
  readonly refused: Refused;
};

export function WidgetPage({ context, data }: { readonly context: PageContext; readonly data: WidgetPageData }) {
  const { voice } = context;
  const { organization, widget, mayManage, codes, done, refused } = data;
  const { instance, health, uses } = widget;
  const act = (name: 'hosts' | 'retire') => urls.organizationWidgetAct(organization.slug, instance.key, name);
  return (
    <Layout
      context={context}
      title={instance.name}
      crumbs={[
        { label: organization.name, href: urls.organization(organization.slug) },
        { label: voice.say('studio.mine.title'), href: urls.organizationWidgets(organization.slug) },
      ]}
    >
      <RefusedNote voice={voice} refused={refused} />
      <h1>{instance.name}</h1>
      {done !== null && (
        <p class="done" role="status">
          {done}
        </p>
      )}
      <p>
        <State voice={voice} health={health} />
      </p>
      <p>
        {voice.say('studio.mine.seen')} : {seen(voice, health)}
      </p>
      {codes !== null && instance.retiredAt === null && (
        <>
          <h2>{voice.say('studio.codes')}</h2>
          <Codes voice={voice} codes={codes} />
        </>
      )}
      <h2>{voice.say('studio.mine.byHost')}</h2>
      {uses.length === 0 ? (
        <p class="empty">{voice.say('studio.mine.never')}</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label={voice.say('studio.mine.byHost')}>
          <table>
            <caption>{voice.say('studio.mine.source')}</caption>
            <thead>
              <tr>
                <th scope="col">{voice.say('studio.mine.host')}</th>
                <th scope="col" class="number">
                  {voice.say('studio.mine.uses')}
                </th>
              </tr>
            </thead>
            <tbody>
              {uses.map(({ host, uses: count }) => (
                <tr key={host}>
                  <th scope="row">
                    {host === '' ? voice.say('studio.mine.host.unknown') : host}
                    {host !== '' && !isDeclared(instance.hosts, host) && (
                      <span class="widget-why">{voice.say('studio.mine.host.undeclared')}</span>
                    )}
                  </th>
                  <td class="number">{voice.number(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayManage && instance.retiredAt === null && (
        <>
          <section class="card" aria-labelledby="keep">
            <h2 id="keep">{voice.say('studio.mine.change')}</h2>
            <form method="post" action={act('hosts')}>
              <p class="field">
                <label for="hosts">{voice.say('studio.keep.hosts')}</label>
                <span class="help" id="hosts-help">
                  {voice.say('studio.keep.hosts.help')}
                </span>
                <input
                  id="hosts"
                  name="hosts"
                  required
                  maxLength={2000}
                  value={refused?.typed['hosts'] ?? instance.hosts.join(' ')}
                  aria-describedby="hosts-help"
                  spellcheck={false}
                />
              </p>
              <button type="submit">{voice.say('studio.mine.change')}</button>
            </form>
          </section>
          <section class="card" aria-labelledby="retire">
            <h2 id="retire">{voice.say('studio.mine.retire')}</h2>
            <p>{voice.say('studio.mine.retire.help')}</p>
            <form method="post" action={act('retire')}>
              <button type="submit" class="quiet">
                {voice.say('studio.mine.retire')}
              </button>
            </form>
          </section>
        </>
      )}
    </Layout>
  );
}
