// The widget of waste as a page for frames: the same answer as the element's, without a script.
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { WasteWidgetAnswer } from '../widget.ts';

type Props = {
  readonly context: PageContext;
  readonly data: WasteWidgetAnswer;
  readonly query: Readonly<Record<string, unknown>>;
};

export function WasteFrame({ context, data, query }: Props) {
  const { voice, site } = context;
  const { words, sector } = data;
  const kept = ['commune', 'widget', 'lang'].flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  const asked = (name: string) => (typeof query[name] === 'string' ? (query[name] as string).slice(0, 200) : '');
  const hidden = kept.map(([name, value]) => <input type="hidden" name={name} value={value} key={name} />);
  const addressOf = (id: string) =>
    `${urls.wasteFrame()}?${new URLSearchParams([...kept.map((pair) => [...pair]), ['sector', id]])}`;
  return (
    <html lang={voice.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${words['title']} · ${site.name}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={site.assetUrl('app.css')} />
      </head>
      <body class="embed">
        <main>
          <h1>{words['title']}</h1>
          <form class="waste-form" method="get" action={urls.wasteFrame()}>
            {hidden}
            {!kept.some(([name]) => name === 'commune') && (
              <p>
                <label for="commune">{words['commune']}</label>
                <input id="commune" name="commune" value={asked('commune')} autocomplete="address-level2" />
              </p>
            )}
            <p>
              <label for="street">{words['street']}</label>
              <input id="street" name="street" value={asked('street')} autocomplete="street-address" />
            </p>
            <button type="submit">{words['find']}</button>
          </form>
          {data.notice !== null && (
            <p class="notice" role="status">
              {data.notice}
            </p>
          )}
          {data.choose.length > 0 && (
            <section aria-labelledby="choix">
              <h2 id="choix">{words['choose']}</h2>
              <ul class="inline-list" lang="fr">
                {data.choose.map(({ id, name }) => (
                  <li key={id}>
                    <a href={addressOf(id)}>{name}</a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {sector !== null && (
            <section aria-labelledby="prochaines" class="waste-next">
              <h2 id="prochaines">
                {words['next']} <span lang="fr">· {sector.name}</span>
              </h2>
              {data.days.length === 0 && <p>{words['noNext']}</p>}
              <ol class="waste-days">
                {data.days.map(({ date, day, bins, putOut, notes }) => (
                  <li key={date}>
                    <strong>
                      <time datetime={date}>{day}</time>
                    </strong>{' '}
                    : <span lang="fr">{bins.map(({ label }) => label).join(', ')}</span>. {putOut}
                    {notes.map((note) => (
                      <span class="waste-why" key={note}>
                        {note}
                      </span>
                    ))}
                  </li>
                ))}
              </ol>
              {data.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </section>
          )}
          {data.sortable && <Sorting data={data} asked={asked('q')} hidden={hidden} />}
          <Rest data={data} />
        </main>
        <footer>
          <p>
            {data.links.map(({ text, href }, index) => (
              <span key={href + text}>
                {index > 0 && ' · '}
                <a href={href} target="_blank" rel="noopener">
                  {text}
                </a>
              </span>
            ))}
          </p>
          {data.sources.map(({ text, href }) => (
            <p class="source" key={href}>
              <a href={href} target="_blank" rel="noopener">
                {text}
              </a>
            </p>
          ))}
        </footer>
      </body>
    </html>
  );
}

function Sorting({ data, asked, hidden }: { data: WasteWidgetAnswer; asked: string; hidden: preact.JSX.Element[] }) {
  const { words, sector, sorting, sortingNone } = data;
  return (
    <section aria-labelledby="trier">
      <h2 id="trier">{words['sorting']}</h2>
      <form class="waste-form" method="get" action={urls.wasteFrame()}>
        {hidden}
        {sector !== null && <input type="hidden" name="sector" value={sector.id} />}
        <p>
          <label for="q">{words['sortingLabel']}</label>
          <input id="q" name="q" type="search" value={asked} />
        </p>
        <button type="submit">{words['sortingFind']}</button>
      </form>
      {sortingNone !== null && <p role="status">{sortingNone}</p>}
      {sorting.length > 0 && (
        <dl class="waste-sorting" lang="fr">
          {sorting.map(({ waste, destination, instruction }) => (
            <div key={waste}>
              <dt>{waste}</dt>
              <dd>
                <strong>{destination}</strong>
                {instruction !== null && `. ${instruction}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Rest({ data }: { data: WasteWidgetAnswer }) {
  const { words, centres, bulky } = data;
  return (
    <>
      {centres.length > 0 && (
        <section aria-labelledby="decheteries">
          <h2 id="decheteries">{words['centres']}</h2>
          <ul class="waste-centres">
            {centres.map(({ name, state, lines }) => (
              <li key={name}>
                <h3 lang="fr">{name}</h3>
                <p>
                  <strong>{state}</strong>
                </p>
                {lines.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
      {bulky !== null && (
        <section aria-labelledby="encombrants">
          <h2 id="encombrants">{words['bulky']}</h2>
          <p lang="fr">{bulky.lines.join(' : ')}</p>
          {bulky.phone !== null && (
            <p>
              <a href={`tel:${bulky.phone.replace(/[^\d+]/g, '')}`}>{bulky.phone}</a>
            </p>
          )}
        </section>
      )}
    </>
  );
}
