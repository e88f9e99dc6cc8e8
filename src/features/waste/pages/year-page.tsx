// The calendar of a year on one page, to be hung on the refrigerator: twelve months, a letter for each kind of waste, shifts marked.
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import type { NextLines } from '../answers.ts';
import { Sources } from './sources.tsx';

export type YearPageData = NextLines & { readonly year: number };

type Props = { readonly context: PageContext; readonly data: YearPageData };
type Cell = { readonly letters: string; readonly shifted: boolean; readonly title: string };

export function YearPage({ context, data }: Props) {
  const { voice } = context;
  const { year, sector, next, undecided } = data;
  const name =
    sector.commune === null || sector.name.includes(sector.commune) ? sector.name : `${sector.commune}, ${sector.name}`;
  const streams = [...new Map(next.flatMap((day) => day.streams).map((stream) => [stream.code, stream])).values()];
  const letters = lettersOf(streams.map(({ label }) => label));
  const letter = (label: string) => letters.get(label) ?? '?';
  const cells = new Map<string, Cell>(
    next.map(({ date, streams: own, shifted, reasons }) => [
      date,
      {
        letters: own.map(({ label }) => letter(label)).join(''),
        shifted,
        title: [...own.map(({ label }) => label), ...reasons].join(', '),
      },
    ]),
  );
  const waiting = new Set(undecided.map(({ planned }) => planned));
  const title = voice.say('waste.year', { year, sector: name });
  return (
    <Layout
      context={context}
      title={title}
      crumbs={[
        { label: voice.say('waste.title'), href: urls.waste() },
        { label: name, href: urls.wasteOf(sector.id) },
      ]}
    >
      <div class="waste-year">
        <h1>{title}</h1>
        {next.length === 0 && <p>{voice.say('waste.noOne', { year })}</p>}
        <p class="waste-legend">
          <strong>{voice.say('waste.legend')}</strong>
          {streams.map(({ code, label }) => (
            <span key={code}>
              <b>{letter(label)}</b> <span lang="fr">{label}</span>
            </span>
          ))}
          <span>
            <b>*</b> {voice.say('waste.legend.shifted')}
          </span>
          {waiting.size > 0 && (
            <span>
              <b>?</b> {voice.say('waste.legend.undecided')}
            </span>
          )}
        </p>
        {data.instruction !== null && <p lang="fr">{voice.typeset(data.instruction)}</p>}
        <div class="waste-months">
          {Array.from({ length: 12 }, (_, index) => index + 1).map((month) => (
            <Month context={context} year={year} month={month} cells={cells} waiting={waiting} key={month} />
          ))}
        </div>
        {undecided.length > 0 && (
          <div class="waste-notices">
            {undecided.map(({ planned, label, sentence }) => (
              <p key={`${planned} ${label}`}>{sentence}</p>
            ))}
          </div>
        )}
        <Sources context={context} sources={data.sources} />
      </div>
    </Layout>
  );
}

/** The first letter that no other kind has taken. */
function lettersOf(labels: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    labels.map((label) => {
      const own = label.replace(/^(bac|sac)s? /i, '').toUpperCase();
      const found = [...own.replace(/[^\p{L}]/gu, ''), ...'123456789'].find((sign) => !taken.has(sign)) ?? '•';
      taken.add(found);
      return [label, found];
    }),
  );
}

type MonthProps = {
  readonly context: PageContext;
  readonly year: number;
  readonly month: number;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly waiting: ReadonlySet<string>;
};

function Month({ context, year, month, cells, waiting }: MonthProps) {
  const { voice } = context;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  // Monday is the first column.
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const days = [...Array<number>(lead).fill(0), ...Array.from({ length }, (_, index) => index + 1)];
  const weeks = Array.from({ length: Math.ceil(days.length / 7) }, (_, index) => days.slice(index * 7, index * 7 + 7));
  return (
    <table>
      <caption>{voice.month(month)}</caption>
      <thead>
        <tr>
          {['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-06', '2024-01-07'].map(
            (day) => (
              <th scope="col" key={day}>
                <abbr title={weekday(day, voice.lang, 'long')}>{weekday(day, voice.lang, 'narrow')}</abbr>
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={String(index)}>
            {week.map((day, column) => {
              const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
              const cell = cells.get(date);
              return (
                <td class={cell === undefined ? undefined : 'collected'} key={String(column)}>
                  {day === 0 ? '' : day}
                  {cell !== undefined && (
                    <abbr title={cell.title}>
                      {cell.letters}
                      {cell.shifted && '*'}
                    </abbr>
                  )}
                  {waiting.has(date) && '?'}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function weekday(day: string, lang: 'fr' | 'en', style: 'long' | 'narrow'): string {
  const locale = lang === 'fr' ? 'fr-FR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}
