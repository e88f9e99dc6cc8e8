// Reads, in the rows of the datasets about a commune, what its residents ask; what was read is kept as long as it is true.
import type { Context } from '../../context.ts';
import type { DatasetSummary } from '../catalog/schemas.ts';
import { findVersion, queryVersion } from '../explore/service.ts';
import { type Asked, columnsFor, conditionOf, dayInParis, rowsThere, subjectOf } from './rules.ts';
import type { Answer } from './schemas.ts';

/** Answers kept in memory: about one kilobyte each. */
const mostKept = 4000;
/** Questions put to the engine for one page; the datasets beyond are in the list below. */
const mostAsked = 40;
const toldRows = 3;

type Place = { readonly insee: string; readonly name: string };

/** One memory per engine: it lives and dies with it. */
const memories = new WeakMap<object, Map<string, Promise<Answer | null>>>();

/**
 * The answers about a commune, in the order in which they are told. A dataset that cannot be asked is left out: its page
 * tells why.
 */
export async function answersAbout(
  context: Context,
  commune: Place,
  datasets: readonly DatasetSummary[],
): Promise<readonly Answer[]> {
  const today = dayInParis(context.now());
  const answers = await Promise.all(
    datasets
      .slice(0, mostAsked)
      .map((dataset) =>
        remembered(context, `${dataset.id} ${dataset.modifiedAt.getTime()} ${commune.insee} ${today}`, () =>
          ask(context, dataset, commune, today),
        ),
      ),
  );
  const found = answers.filter((answer) => answer !== null);
  return order.flatMap((subject) => found.filter((answer) => answer.subject === subject));
}

const order: readonly Answer['subject'][] = [
  'collection',
  'menus',
  'markets',
  'agenda',
  'equipment',
  'libraries',
  'dropOff',
  'bikes',
  'parking',
  'trees',
  'defibrillators',
  'traffic',
  'grants',
  'deliberations',
  'budget',
  'rows',
];

function remembered(context: Context, name: string, make: () => Promise<Answer | null>): Promise<Answer | null> {
  const memory = memories.get(context.tables) ?? new Map<string, Promise<Answer | null>>();
  memories.set(context.tables, memory);
  const known = memory.get(name);
  if (known !== undefined) return known;
  const [oldest] = memory.keys();
  if (memory.size >= mostKept && oldest !== undefined) memory.delete(oldest);
  const answer = make().catch((error: unknown) => {
    context.log.warn({ error: String(error), question: name }, 'a dataset could not be asked about a commune');
    memory.delete(name);
    return null;
  });
  memory.set(name, answer);
  return answer;
}

/** A dataset that nobody asks for by its name still has rows about there. */
const anyRows: Asked = { subject: 'rows', part: null, words: [] };

async function ask(context: Context, dataset: DatasetSummary, commune: Place, today: string): Promise<Answer | null> {
  const subject = subjectOf(dataset) ?? anyRows;
  const { version } = await findVersion(context, dataset.id);
  const there = rowsThere(dataset, version.fields, commune);
  if (there === null) return null;
  const columns = columnsFor(subject, version.fields);
  const condition = conditionOf(there);
  const here = condition === null ? [] : [condition];
  const coming = subject.day === 'next' && columns.day !== null ? [`\`${columns.day}\` >= date'${today}'`] : [];
  // What was to come and is over answers nobody.
  const facts = [
    'count(*) as n',
    ...(columns.sum === null ? [] : [`sum(\`${columns.sum}\`) as total`]),
    ...(columns.day === null ? [] : [`${subject.day === 'next' ? 'min' : 'max'}(\`${columns.day}\`) as day`]),
  ];
  const where = [...here, ...coming];
  const { results } = await queryVersion(context, version, { select: facts.join(', '), where, limit: 1 });
  const [found] = results;
  const count = Number(found?.['n'] ?? 0);
  if (count === 0) return null;
  const day = typeof found?.['day'] === 'string' ? found['day'].slice(0, 10) : null;
  const told = await tell(context, version, columns.tells, [
    ...here,
    ...(day === null || columns.day === null ? [] : [`\`${columns.day}\` = date'${day}'`]),
  ]);
  const { id, title, organization, modifiedAt, demo } = dataset;
  return {
    subject: subject.subject,
    part: subject.part,
    dataset: { id, title, organization, modifiedAt, demo },
    count,
    sum: typeof found?.['total'] === 'number' ? found['total'] : null,
    day,
    told,
    since: coming.length === 0 || columns.day === null ? null : { column: columns.day, day: today },
    refine: there === 'all' ? null : `${there.column}:${there.value}`,
  };
}

/** What the first rows say, one text each, none twice. */
async function tell(
  context: Context,
  version: Parameters<typeof queryVersion>[1],
  columns: readonly string[],
  where: readonly string[],
): Promise<readonly string[]> {
  if (columns.length === 0) return [];
  const select = columns.map((column) => `\`${column}\``).join(', ');
  const { results } = await queryVersion(context, version, { select, where, limit: 20 });
  const texts = results.map((row) =>
    columns
      .map((column) => row[column])
      .filter((value) => typeof value === 'string' && value !== '')
      .join(', '),
  );
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, toldRows);
}
