// Reads the lines of an iCalendar text (RFC 5545): unfolded, split into names, parameters and values; events as lists of them.

export type IcsProperty = {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
};

export type IcsEvent = { readonly kind: string; readonly properties: readonly IcsProperty[] };

export type Ics = {
  readonly events: readonly IcsEvent[];
  /** Properties of the calendar itself. */
  readonly calendar: readonly IcsProperty[];
  /** Whether an event, or the calendar, is never ended. */
  readonly cut: boolean;
};

const eventKinds = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);

/** Components inside an event (alarms), and time zones, are passed over. */
export function readIcs(text: string): Ics {
  const events: IcsEvent[] = [];
  const calendar: IcsProperty[] = [];
  const open: string[] = [];
  let properties: IcsProperty[] = [];
  let ended = false;
  for (const line of unfolded(text)) {
    const property = propertyOf(line);
    if (property === null) continue;
    const kind = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN') {
      // An event that was never ended is over when the next one begins.
      if (eventKinds.has(kind) && eventKinds.has(open.at(-1) ?? '')) {
        events.push({ kind: open.pop() ?? '', properties });
      }
      open.push(kind);
      if (eventKinds.has(kind)) properties = [];
    } else if (property.name === 'END') {
      const at = open.lastIndexOf(kind);
      if (at !== -1) open.length = at;
      if (eventKinds.has(kind) && at !== -1) events.push({ kind, properties });
      if (kind === 'VCALENDAR') ended = true;
    } else if (eventKinds.has(open.at(-1) ?? '')) properties.push(property);
    else if (open.length === 1) calendar.push(property);
  }
  return { events, calendar, cut: !ended || open.length > 0 };
}

/** A line that begins with a blank goes on with the one before. */
export function unfolded(text: string): readonly string[] {
  return text
    .replace(/\r\n?|\n/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** `DTSTART;TZID="Europe/Paris":20240101T100000`: parameters may be quoted, and then hold a colon. */
function propertyOf(line: string): IcsProperty | null {
  const [, name] = /^([\w-]+)/.exec(line) ?? [];
  if (name === undefined) return null;
  const parameters = new Map<string, string>();
  let rest = line.slice(name.length);
  for (;;) {
    const found = /^;([\w-]+)=("[^"]*"|[^;:"]*)/.exec(rest);
    if (found === null) break;
    parameters.set((found[1] ?? '').toUpperCase(), (found[2] ?? '').replace(/^"|"$/g, ''));
    rest = rest.slice(found[0].length);
  }
  return rest.startsWith(':') ? { name: name.toUpperCase(), parameters, value: rest.slice(1) } : null;
}

/** A text with its escaped signs: `\,` `\;` `\\` `\n`. */
export function textValue(value: string): string {
  return value.replace(/\\([,;\\nN:"])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign)).trim();
}

/**
 * A moment as ISO 8601: "20240101" → 2024-01-01, "20240101T100000Z" → 2024-01-01T10:00:00Z, without Z when it is local
 * time. What is no moment stays as it is.
 */
export function momentValue(value: string): string {
  const [, year, month, day, hour, minute, second, zone] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/.exec(value.trim()) ?? [];
  if (year === undefined) return value.trim();
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second ?? '00'}${zone ?? ''}`;
}
