// The drawn territory: its communes side by side, the recurring mark of the portal. A picture: the list beside it is its twin.

type DrawnCommune = {
  readonly insee: string;
  readonly path: string;
  readonly tone: number;
  readonly middle: readonly [number, number];
  /** How wide the commune is there. */
  readonly room: number;
};

export type DrawnTerritory = {
  readonly width: number;
  readonly height: number;
  readonly communes: readonly DrawnCommune[];
};

type Props = {
  readonly drawing: DrawnTerritory;
  /** Names by INSEE code, written where they fit. */
  readonly names?: ReadonlyMap<string, string>;
  /** Where a commune leads for those who point at it. */
  readonly hrefOf?: (insee: string) => string;
  /** The commune that stands out. */
  readonly current?: string;
};

const margin = 14;
const letter = 9.2;
const line = 19;

export function TerritoryMap({ drawing, names, hrefOf, current }: Props) {
  const { width, height, communes } = drawing;
  // The line around all of them lies below: communes cover what of it would cross the territory, wherever borders meet badly.
  const around = `territory-${current ?? 'all'}`;
  return (
    <svg
      class={current === undefined ? 'territory' : 'territory locator'}
      viewBox={`${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <path id={around} d={communes.map(({ path }) => path).join('')} />
      </defs>
      <use class="shadow" href={`#${around}`} />
      <use class="border" href={`#${around}`} />
      {communes.map((commune) => (
        <Commune
          key={commune.insee}
          commune={commune}
          name={names?.get(commune.insee)}
          href={hrefOf?.(commune.insee)}
          current={commune.insee === current}
        />
      ))}
    </svg>
  );
}

type CommuneProps = {
  readonly commune: DrawnCommune;
  readonly name: string | undefined;
  readonly href: string | undefined;
  readonly current: boolean;
};

function Commune({ commune, name, href, current }: CommuneProps) {
  const { path, tone, middle, room } = commune;
  const lines = name === undefined ? null : linesOf(name, room);
  const drawn = (
    <>
      <path class={current ? 'commune current' : `commune tone-${tone}`} d={path} />
      {name !== undefined && <title>{name}</title>}
    </>
  );
  const label = lines !== null && (
    <text x={middle[0]} y={middle[1] - ((lines.length - 1) * line) / 2 + 5}>
      {lines.map((each, index) => (
        <tspan key={each} x={middle[0]} dy={index === 0 ? 0 : line}>
          {each}
        </tspan>
      ))}
    </text>
  );
  if (href === undefined)
    return (
      <g>
        {drawn}
        {label}
      </g>
    );
  // For those who point; by the keyboard, the list of names beside leads to the same pages.
  return (
    <a href={href} tabindex={-1}>
      {drawn}
      {label}
    </a>
  );
}

/** The name on one to three lines that fit in the commune; null when it does not. */
function linesOf(name: string, width: number): readonly string[] | null {
  const fits = (text: string) => text.length * letter <= width * 0.94;
  if (fits(name)) return [name];
  const parts = name.split(/(?<=-)|\s/);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && fits(last + part) && last.endsWith('-')) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines.length <= 3 && lines.every(fits) ? lines : null;
}
