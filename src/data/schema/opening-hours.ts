// Whether a text is written in OpenStreetMap's grammar of opening hours ("Mo-Fr 09:00-12:00,14:00-17:30; PH off").

const weekday = '(?:Mo|Tu|We|Th|Fr|Sa|Su)';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const offset = '(?: ?[+-]\\d{1,3} days?)';
const nth = '\\[-?[1-5](?:-[1-5])?(?:,-?[1-5](?:-[1-5])?)*\\]';
const day = `(?:${weekday}(?:-${weekday}|${nth}${offset}?)?|PH${offset}?|SH)`;
const days = `${day}(?:, ?${day})*`;
const event = '(?:dawn|sunrise|sunset|dusk)';
const clock = '(?:[01]?\\d|2\\d|3\\d|4[0-8]):[0-5]\\d';
const time = `(?:${clock}|${event}|\\(${event}[+-]\\d{1,2}:[0-5]\\d\\))`;
const span = `${time}(?: ?- ?${time}(?:\\+|/(?:\\d{1,3}|${clock}))?|\\+)?`;
const times = `${span}(?:, ?${span})*`;
const date = `(?:\\d{4} )?(?:${month}(?: (?:0?[1-9]|[12]\\d|3[01]))?|easter)(?: ${weekday})?${offset}?`;
const dates = `${date}(?: ?- ?(?:${date}|0?[1-9]|[12]\\d|3[01])|\\+)?`;
const monthdays = `${dates}(?:, ?${dates})*`;
const week = 'week \\d{1,2}(?:-\\d{1,2}(?:/\\d{1,2})?)?(?:, ?\\d{1,2}(?:-\\d{1,2}(?:/\\d{1,2})?)?)*';
const year = '\\d{4}(?:-\\d{4}(?:/\\d{1,2})?|\\+)?';
const years = `${year}(?:, ?${year})*`;
const modifier = '(?:open|closed|off|unknown)';
const comment = '"[^"]*"';

const selector = `(?:24/7|(?:${years}(?: |:|$))?:?(?:(?:${monthdays})(?: |:|$))?:? ?(?:${week}(?: |:|$))?:? ?(?:${days}(?: |$))?(?:${times})?)`;
const rule = new RegExp(`^(?:${comment}: ?)?${selector} ?(?:${modifier})?(?: ?${comment})?$`);

/** Longer texts are no opening hours; the grammar is not tried on them. */
const longest = 1000;

export function isOpeningHours(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > longest) return false;
  return splitRules(trimmed).every((each) => each !== '' && rule.test(each));
}

/** Rules stand between ";" and "||", and after ", " when a new day begins; comments keep theirs. */
function splitRules(text: string): readonly string[] {
  const comments: string[] = [];
  const bare = text.replace(/"[^"]*"/g, (found) => `"${comments.push(found) - 1}"`);
  return bare
    .replace(/;\s*$/, '')
    .split(
      /\s*(?:;|\|\|)\s*|(?<=\d|\boff|\bclosed|\bopen),\s+(?=(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)/,
    )
    .map((each) => each.trim().replace(/"(\d+)"/g, (_, index: string) => comments[Number(index)] ?? '""'));
}
