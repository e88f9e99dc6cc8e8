// After the seven steps: where it is, what to do with it, what happens next.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { Draft } from '../schemas.ts';

type Props = {
  readonly context: PageContext;
  readonly draft: Draft;
  readonly title: string;
  readonly dueAt: Date | null;
  readonly setAsideRows: number;
};

export function DonePage({ context, draft, title, dueAt, setAsideRows }: Props) {
  const { voice } = context;
  const { datasetId, version, organization } = draft;
  const reading = draft.state === 'secondReading';
  const heading = voice.say(reading ? 'done.title.reading' : 'done.title');
  return (
    <Layout
      context={context}
      title={heading}
      crumbs={[{ label: voice.say('desk.title'), href: urls.desk() }]}
      twin={false}
    >
      <div class="narrow stack">
        <h1>{heading}</h1>
        <p class="lead" lang={voice.written}>
          {title}
        </p>
        {reading && <p>{voice.say('done.reading', { organization: organization.name })}</p>}
        {!reading && dueAt !== null && <p>{voice.say('done.due', { date: voice.date(dueAt) })}</p>}
        {datasetId !== null && (
          <ul class="stack">
            {!reading && (
              <>
                <li>
                  <a class="button" href={urls.dataset(datasetId)}>
                    {voice.say('done.page')}
                  </a>
                </li>
                <li>
                  <a href={urls.records(datasetId)}>{voice.say('done.api')}</a>
                </li>
                <li>
                  <a href={urls.export(datasetId, 'csv')} download>
                    {voice.say('done.download')}
                  </a>
                </li>
              </>
            )}
            {version !== null && version > 1 && (
              <li>
                <a href={urls.version(datasetId, version)}>{voice.say('done.version')}</a>
              </li>
            )}
            {version !== null && setAsideRows > 0 && (
              <li>
                <a href={urls.setAside(datasetId, version)}>{voice.say('done.aside')}</a>
              </li>
            )}
          </ul>
        )}
        <p>
          <a href={urls.desk()}>{voice.say('done.desk')}</a>
        </p>
      </div>
    </Layout>
  );
}
