// A drawing: the producers' files on the left, the shared table on the right, each line as thick as the rows it brings.
import type { Voice } from '../../../web/language.ts';
import type { Contribution } from '../schemas.ts';

type Props = { readonly voice: Voice; readonly title: string; readonly contributions: readonly Contribution[] };

const [rowHeight, boxWidth, gap] = [34, 290, 190];
const longestName = 34;

/** The table beside says the same: the drawing is hidden from those who do not see it. */
export function Lineage({ voice, title, contributions }: Props) {
  if (contributions.length === 0) return null;
  const height = contributions.length * rowHeight + 8;
  const most = Math.max(1, ...contributions.map(({ keptRows }) => keptRows));
  const middle = height / 2;
  return (
    <figure class="lineage">
      <svg viewBox={`0 0 ${boxWidth * 2 + gap} ${height}`} aria-hidden="true" focusable="false">
        {contributions.map(({ datasetId, organization, keptRows, state }, index) => {
          const y = index * rowHeight + rowHeight / 2 + 4;
          const width = keptRows === 0 ? 1 : 1.5 + (Math.sqrt(keptRows / most) * rowHeight) / 4;
          const bend = boxWidth + gap / 2;
          return (
            <g key={datasetId} class={keptRows === 0 ? 'waiting' : state}>
              <path
                d={`M ${boxWidth} ${y} C ${bend} ${y}, ${bend} ${middle}, ${boxWidth + gap} ${middle}`}
                fill="none"
                stroke-width={width}
              />
              <text x={boxWidth - 10} y={y + 5} text-anchor="end">
                {shortened(organization.name)} · {voice.number(keptRows)}
              </text>
            </g>
          );
        })}
        <rect
          x={boxWidth + gap}
          y={Math.max(2, middle - 24)}
          width={boxWidth - 4}
          height={Math.min(48, height - 4)}
          rx="6"
        />
        <text class="goal" x={boxWidth + gap + 14} y={middle + 5}>
          {shortened(title)}
        </text>
      </svg>
      <figcaption>{voice.say('harmonisation.lineage', { count: contributions.length })}</figcaption>
    </figure>
  );
}

function shortened(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
}
