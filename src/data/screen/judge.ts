// What was found in each column, judged with its header and its neighbours: whose data it is, and how sure that is. No I/O.
import { isIban } from '../../lib/iban.ts';
import { isNir } from '../../lib/nir.ts';
import type { FindingKind, FindingNature } from '../../model/finding.ts';
import { says } from './header-meaning.ts';
import { ownerOf } from './mailboxes.ts';
import { isMobile } from './patterns.ts';
import { hasCivility, isFirstName, isPersonName, isTypedAsPerson } from './person-names.ts';
import type { ColumnSweep, Form, FoundText } from './sweep.ts';

/** A finding before it is told: the texts it rests on are still raw. */
export type Judgement = {
  readonly kind: FindingKind;
  readonly nature: FindingNature;
  readonly index: number;
  readonly cells: number;
  readonly share: number;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly texts: readonly FoundText[];
};

type Seen = { readonly header: string; readonly sweep: ColumnSweep };

/**
 * Judges a swept table.
 * @param headers what each column's header says (as headerWords makes it)
 * @param tableName the file's or sheet's name: it may say that the persons are elected people
 */
export function judge(
  headers: readonly string[],
  sweeps: readonly ColumnSweep[],
  tableName: string,
): readonly Judgement[] {
  const columns = sweeps.map((sweep) => ({ header: headers[sweep.index] ?? '', sweep }));
  const political = headers.some((header) => says.politicalTable(header)) || says.politicalTable(tableName);
  const found: Judgement[] = [];
  for (const column of columns) {
    for (const judged of [email(column), nir(column), iban(column), plate(column), ip(column), birthDate(column)])
      if (judged !== null) found.push(judged);
  }
  const located = headers.some((header) => says.location(header));
  found.push(...names(columns, { political, located }));
  const persons = found.some((each) => each.nature === 'personal');
  const named = found.some((each) => each.kind === 'personName' && each.nature === 'personal');
  for (const column of columns) {
    const more = [
      phone(column, { named, located }),
      persons ? age(column) : null,
      named ? address(column) : homeAddress(column),
    ];
    found.push(...more.filter((each) => each !== null));
  }
  found.push(...smallCells(columns, headers, persons));
  if (found.some((each) => each.nature === 'personal')) found.push(...columns.flatMap((column) => sensitive(column)));
  return found.toSorted((a, b) => a.index - b.index);
}

function judgement(
  kind: FindingKind,
  nature: FindingNature,
  { sweep }: Seen,
  confidence: Judgement['confidence'],
  cells: number,
  texts: readonly FoundText[],
): Judgement {
  const share = sweep.filled === 0 ? 0 : Math.min(1, cells / sweep.filled);
  return { kind, nature, index: sweep.index, cells, share, confidence, texts };
}

/** The texts that obey, and how many cells hold such a text: those judged stand for those that were not. */
function those({ sweep }: Seen, form: Form, obeys: (text: string) => boolean) {
  const texts = sweep.texts[form] ?? [];
  const all = sum(texts);
  const kept = texts.filter(({ text }) => obeys(text));
  const share = all === 0 ? 0 : sum(kept) / all;
  return { texts: kept, share, cells: Math.round(share * (sweep.cells[form] ?? 0)) };
}

function sum(texts: readonly FoundText[]): number {
  return texts.reduce((total, { cells }) => total + cells, 0);
}

function email(column: Seen): Judgement | null {
  const persons = those(column, 'email', (text) => ownerOf(text) === 'person');
  if (persons.cells > 0)
    return judgement('email', 'personal', column, persons.cells > 2 ? 'high' : 'medium', persons.cells, persons.texts);
  const unknown = those(column, 'email', (text) => ownerOf(text) === 'unknown');
  const wanted = says.person(column.header) && !says.place(column.header);
  return unknown.cells > 0 && wanted
    ? judgement('email', 'personal', column, 'low', unknown.cells, unknown.texts)
    : null;
}

/** One in ninety-seven of any numbers has a right key: alone among many wrong ones, it is chance. */
const chance = 0.2;

function nir(column: Seen): Judgement | null {
  const valid = those(column, 'nir', isNir);
  const announced = says.nir(column.header);
  if (valid.cells > 0 && (announced || valid.share >= chance))
    return judgement('nir', 'personal', column, 'high', valid.cells, valid.texts);
  // The header speaks of it, and the numbers may be without their key, or spoilt by a spreadsheet.
  return announced && column.sweep.filled > 0 ? judgement('nir', 'hint', column, 'low', column.sweep.filled, []) : null;
}

function iban(column: Seen): Judgement | null {
  const valid = those(column, 'iban', isIban);
  if (valid.cells === 0 || (valid.share < chance && !/ (?:iban|rib) /.test(column.header))) return null;
  return judgement('iban', 'personal', column, 'high', valid.cells, valid.texts);
}

function plate(column: Seen): Judgement | null {
  const plates = those(column, 'plate', () => true);
  const announced = says.plate(column.header);
  if (plates.cells === 0 || (!announced && plates.cells < column.sweep.filled / 2)) return null;
  return judgement('plate', 'personal', column, announced ? 'high' : 'medium', plates.cells, plates.texts);
}

function ip(column: Seen): Judgement | null {
  const all = those(column, 'ip', () => true);
  // Versions and section numbers (6.2.1.3) are small numbers; addresses are not.
  const large = those(column, 'ip', (text) => text.includes(':') || text.split('.').some((part) => Number(part) > 31));
  const announced = says.ip(column.header);
  if (all.cells === 0 || (!announced && (large.share < 0.5 || all.cells < column.sweep.filled / 2))) return null;
  return judgement('ipAddress', 'personal', column, announced ? 'high' : 'medium', all.cells, all.texts);
}

function birthDate(column: Seen): Judgement | null {
  if (!says.birthDate(column.header)) return null;
  const dates = those(column, 'date', (text) => isPlausibleBirth(text));
  return dates.cells === 0 ? null : judgement('birthDate', 'personal', column, 'high', dates.cells, dates.texts);
}

function isPlausibleBirth(text: string): boolean {
  const year = /(?:^|\D)((?:19|20)\d{2})/.exec(text)?.[1];
  return year === undefined ? /\d{2}\s*$/.test(text) : Number(year) >= 1900;
}

function age(column: Seen): Judgement | null {
  const ages = column.sweep.cells.age ?? 0;
  if (!says.age(column.header) || ages < column.sweep.filled * 0.9) return null;
  return judgement('age', 'personal', column, 'medium', ages, column.sweep.texts.age ?? []);
}

type Around = {
  readonly political: boolean;
  /** Whether the table says where things are: its names are then those of places. */
  readonly located: boolean;
};

/** Names of persons: whole in one column, or a surname beside a first name. */
function names(columns: readonly Seen[], around: Around): readonly Judgement[] {
  const firstNameColumns = columns.filter((column) => isFirstNameColumn(column));
  const counted = columns.some(({ header }) => says.count(header));
  const found: Judgement[] = [];
  for (const column of columns) {
    const { header, sweep } = column;
    const whole = those(column, 'name', isPersonName);
    const judged = wholeNames(column, whole, around);
    if (judged !== null) {
      found.push(judged);
      continue;
    }
    // A list of first names with their number is about no one.
    const alone = firstNameColumns.length > 0 && !columns.some((each) => isSurnameColumn(each)) && counted;
    const words = sweep.cells.word ?? 0;
    if (firstNameColumns.includes(column) && !alone)
      found.push(judgement('personName', natureOf(column, around), column, 'high', words, sweep.texts.word ?? []));
    else if (firstNameColumns.length > 0 && isSurnameColumn(column) && !alone)
      found.push(judgement('personName', natureOf(column, around), column, 'high', words, sweep.texts.word ?? []));
    else if (around.political && isSurnameColumn(column) && words > sweep.filled * 0.8 && header.trim() === 'nom')
      found.push(judgement('personName', 'public', column, 'low', words, sweep.texts.word ?? []));
  }
  return found;
}

function isFirstNameColumn(column: Seen): boolean {
  return says.firstName(column.header) && those(column, 'word', isFirstName).share >= 0.4;
}

function isSurnameColumn({ header, sweep }: Seen): boolean {
  return says.lastName(header) && !says.firstName(header) && (sweep.cells.word ?? 0) > 0;
}

function natureOf({ header }: Seen, { political }: Around): FindingNature {
  return says.official(header) || political ? 'public' : 'personal';
}

function wholeNames(
  column: Seen,
  whole: { readonly texts: readonly FoundText[]; readonly cells: number },
  around: Around,
): Judgement | null {
  const { header, sweep } = column;
  if (whole.cells === 0) return null;
  const share = whole.cells / sweep.filled;
  const typed = sum(whole.texts.filter(({ text }) => isTypedAsPerson(text))) / Math.max(1, sum(whole.texts));
  const civil = sum(whole.texts.filter(({ text }) => hasCivility(text)));
  const nature = natureOf(column, around);
  const told = (confidence: Judgement['confidence']) =>
    judgement('personName', nature, column, confidence, whole.cells, whole.texts);
  if (says.official(header))
    return share >= 0.1 ? judgement('personName', 'public', column, 'medium', whole.cells, whole.texts) : null;
  const person = says.person(header) && !says.place(header);
  if (person) {
    if (share >= 0.3) return told('high');
    return typed >= 0.5 || civil > 0 ? told('medium') : null;
  }
  // Streets, schools and companies bear the names of persons: only a civility tells the persons themselves.
  if (says.place(header)) return civil >= 3 && civil >= whole.cells * 0.5 ? told('medium') : null;
  // Among places, few names typed as persons' are worth a look, no more.
  if (around.located) {
    if (typed < 0.8 || whole.cells < 3) return null;
    return share >= 0.8 ? told('medium') : judgement('personName', 'hint', column, 'low', whole.cells, whole.texts);
  }
  if (share >= 0.5) return told(typed >= 0.5 ? 'high' : 'medium');
  return (typed >= 0.5 && whole.cells >= 3) || civil > 0 ? told('low') : null;
}

function phone(
  column: Seen,
  { named, located }: { readonly named: boolean; readonly located: boolean },
): Judgement | null {
  const { header } = column;
  const announced = says.phone(header);
  const written = (text: string) => isWrittenAsPhone(text) && (announced || /[^\d]/.test(text.trim()));
  if (named || says.ownPhone(header)) {
    const all = those(column, 'phone', written);
    return all.cells === 0 ? null : judgement('phone', 'personal', column, 'high', all.cells, all.texts);
  }
  const mobiles = those(column, 'phone', (text) => isMobile(text) && written(text));
  if (mobiles.cells === 0) return null;
  // An office may answer at a mobile number: in a table of places or of offices, it is only worth a look.
  return judgement(
    'phone',
    located || says.place(header) ? 'hint' : 'personal',
    column,
    'low',
    mobiles.cells,
    mobiles.texts,
  );
}

/** One sign between its pairs of digits, the same all along: « 05/2017-12-05 » is a part of two dates. */
function isWrittenAsPhone(text: string): boolean {
  const national = text.trim().replace(/^(?:\+|00)33[ .\-/]?(?:\(0\))?[ .\-/]?/, '');
  return new Set(national.match(/[^\d]/g) ?? []).size <= 1;
}

function address(column: Seen): Judgement | null {
  const { header, sweep } = column;
  if (!says.address(header) || isOtherContact(header) || sweep.filled === 0) return null;
  return judgement('postalAddress', 'personal', column, says.homeAddress(header) ? 'high' : 'medium', sweep.filled, []);
}

/** « Tél. domicile » is no address. */
function isOtherContact(header: string): boolean {
  return says.phone(header) || says.email(header);
}

function homeAddress(column: Seen): Judgement | null {
  const { header, sweep } = column;
  if (!says.homeAddress(header) || isOtherContact(header) || sweep.filled === 0) return null;
  return judgement('postalAddress', 'personal', column, 'medium', sweep.filled, []);
}

/** Few people counted in a crossing of sex, age, place or need may be recognised. */
function smallCells(columns: readonly Seen[], headers: readonly string[], persons: boolean): readonly Judgement[] {
  if (persons || headers.some((header) => says.firstName(header))) return [];
  const crossed = [says.sex, says.ageGroup, says.smallArea, says.sensitive].filter((asks) => headers.some(asks)).length;
  const inNeed = headers.some((header) => says.sensitive(header));
  const intimate = headers.some((header) => says.sex(header) || says.ageGroup(header));
  if (crossed < 2 || !(inNeed || intimate)) return [];
  return columns
    .filter(({ header, sweep }) => says.countsPersons(header) && (sweep.cells.count ?? 0) > 0)
    .map((column) =>
      judgement(
        'smallCells',
        'hint',
        column,
        inNeed ? 'medium' : 'low',
        column.sweep.cells.count ?? 0,
        column.sweep.texts.count ?? [],
      ),
    );
}

function sensitive(column: Seen): readonly Judgement[] {
  const { header, sweep } = column;
  if (!says.sensitive(header) || sweep.filled === 0) return [];
  return [judgement('sensitive', 'hint', column, 'medium', sweep.filled, [])];
}
