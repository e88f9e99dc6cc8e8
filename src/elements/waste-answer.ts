// What the widget of waste reads from its portal, and the one thing that it keeps, when its reader asks for it.

/** See src/features/waste/widget.ts: sentences that are ready to be shown. */
export type WasteAnswer = {
  readonly at: string;
  readonly today: string;
  readonly words: Readonly<Record<string, string>>;
  readonly notice: string | null;
  readonly choose: readonly { readonly id: string; readonly name: string }[];
  readonly sector: { readonly id: string; readonly name: string } | null;
  readonly days: readonly {
    readonly date: string;
    readonly day: string;
    readonly bins: readonly { readonly label: string; readonly colour: string | null }[];
    readonly putOut: string;
    readonly putOutOn: string;
    readonly notes: readonly string[];
  }[];
  readonly lines: readonly string[];
  readonly links: readonly { readonly text: string; readonly href: string }[];
  readonly centres: readonly { readonly name: string; readonly state: string; readonly lines: readonly string[] }[];
  readonly sortable: boolean;
  readonly sorting: readonly {
    readonly waste: string;
    readonly destination: string;
    readonly instruction: string | null;
  }[];
  readonly sortingNone: string | null;
  readonly bulky: { readonly lines: readonly string[]; readonly phone: string | null } | null;
  readonly sources: readonly { readonly text: string; readonly href: string }[];
};

const patience = 8000;

/**
 * Asks the portal. When it does not answer, what the browser's own cache still has, however old.
 * @throws Error when neither has anything
 */
export async function askWaste(
  base: string,
  asked: Readonly<Record<string, string>>,
): Promise<{ readonly said: WasteAnswer; readonly old: boolean }> {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  const address = `${base}/api/v1/waste/answer?${query}`;
  const read = async (cache: RequestCache) => {
    const answer = await fetch(address, { cache, credentials: 'omit', signal: AbortSignal.timeout(patience) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()) as WasteAnswer;
  };
  try {
    return { said: await read('default'), old: false };
  } catch {
    return { said: await read('force-cache'), old: true };
  }
}

export type Remembered = { readonly sector: string; readonly said: WasteAnswer };
type Place = { readonly base: string; readonly commune: string };

const keyOf = ({ base, commune }: Place) => `terroir-waste ${base} ${commune}`;

/** What the reader asked to remember; null when nothing, or when the browser keeps nothing. */
export function recall(place: Place): Remembered | null {
  try {
    const known = JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null') as Remembered | null;
    return typeof known?.sector === 'string' && Array.isArray(known.said?.days) ? known : null;
  } catch {
    return null;
  }
}

export function remember(place: Place, known: Remembered): void {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify(known));
  } catch {
    // A browser that keeps nothing shows as much, and asks again next time.
  }
}

export function forget(place: Place): void {
  try {
    localStorage.removeItem(keyOf(place));
  } catch {
    // Nothing was kept.
  }
}
