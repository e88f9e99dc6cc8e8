// The portal's own drawings: its mark, the river's line that edges each page, and the land seen from above.
import type { SiteMark } from '../page.ts';

/** The mark: the outline of the territory when it is known, else a river with its sandbank between rows of vine. */
export function Mark({ outline = null }: { readonly outline?: SiteMark | null }) {
  if (outline !== null) {
    // A square sheet with the outline in its middle, and room for the stroke.
    const side = Math.max(outline.width, outline.height) * 1.12;
    const box = [(outline.width - side) / 2, (outline.height - side) / 2, side, side].map(Math.round).join(' ');
    return (
      <svg class="mark outline" viewBox={box} width="48" height="48" aria-hidden="true" focusable="false">
        <path d={outline.path} />
      </svg>
    );
  }
  return (
    <svg class="mark" viewBox="0 0 48 48" width="44" height="44" aria-hidden="true" focusable="false">
      <circle class="land" cx="24" cy="24" r="24" />
      <path class="vine" d="M7 17c6-6 12-4 19-9M11 22c6-6 12-4 18-9M24 43c6-7 12-4 19-10M31 44c4-4 7-3 11-6" />
      <path class="water" d="M0 30c9-8 15 1 23-6S36 9 47 17l1 8c-9-7-14 3-21 9S9 34 2 40z" />
      <path class="bank" d="M17 31c3-1 6-3 8-6-4 0-8 2-8 6zM35 20c3-2 6-3 9-2-2 2-6 3-9 2z" />
    </svg>
  );
}

/** The line of the river, between the header and the land of the page. */
export function RiverEdge() {
  return (
    <svg class="edge" viewBox="0 0 1200 26" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="edge-fill" d="M0 0h1200v12c-90 12-170-8-290 0s-190 14-330 4-190-12-310-2-170 10-270-2z" />
      <path class="edge-water" d="M0 16c100 12 150 12 270 2s170-8 310 2 210 4 330-4 200 12 290 0" />
      <path class="edge-bank" d="M0 22c100 8 150 9 270 1s170-7 310 2 210 2 330-5 200 9 290 1" />
    </svg>
  );
}

/** Two rivers that meet, their sandbanks, a town of slate between them, vines on the slopes. */
export function RiverLand() {
  return (
    <svg
      class="land-map"
      viewBox="0 0 720 470"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <pattern id="rows-a" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(24)">
          <path d="M0 0v9" />
        </pattern>
        <pattern id="rows-b" width="11" height="11" patternUnits="userSpaceOnUse" patternTransform="rotate(-38)">
          <path d="M0 0v11" />
        </pattern>
        <pattern id="rows-c" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(78)">
          <path d="M0 0v8" />
        </pattern>
      </defs>
      <g class="fields">
        <path fill="url(#rows-a)" d="M560 6l92-6 32 44-84 26-52-22z" />
        <path fill="url(#rows-b)" d="M408 22l96-14 30 40-44 44-78-8z" />
        <path fill="url(#rows-c)" d="M270 36l98-12 34 52-92 22-58-22z" />
        <path fill="url(#rows-b)" d="M118 70l104-26 36 48-84 42-64-22z" />
        <path fill="url(#rows-a)" d="M0 96l84-22 16 52-100 34z" />
        <path fill="url(#rows-c)" d="M584 196l92-18 44 30v56l-104-2z" />
        <path fill="url(#rows-a)" d="M250 356l82-20 52 34-40 46-102-14z" />
        <path fill="url(#rows-c)" d="M410 348l84-24 46 40-52 36-70-8z" />
        <path fill="url(#rows-b)" d="M566 340l88-8 30 44-72 22-58-18z" />
        <path fill="url(#rows-c)" d="M60 318l90-22 52 40-62 50-86-24z" />
        <path fill="url(#rows-b)" d="M396 430l110-10 44 50H400z" />
        <path fill="url(#rows-a)" d="M90 420l96-14 40 64H84z" />
      </g>
      <g class="roads">
        <path d="M372 0c-10 60-2 110 0 160s16 110 4 170 14 90 30 140M372 232c80-14 170 22 348-6M372 240c-90 20-220 30-372 10" />
      </g>
      <path class="bank-line indre" d="M740 436c-70-34-130 16-220-12S390 426 300 388 130 306 40 252L-10 214" />
      <path class="stream indre" d="M740 436c-70-34-130 16-220-12S390 426 300 388 130 306 40 252L-10 214" />
      <path class="bank-line cher" d="M740 300c-80 40-130-36-230-22s-120 50-220 22-110-66-190-72" />
      <path class="stream cher" d="M740 300c-80 40-130-36-230-22s-120 50-220 22-110-66-190-72" />
      <path class="bank-line loire" d="M740 116c-90-44-150 34-236 30s-120-52-210-22-180 104-324 82" />
      <path class="stream loire" d="M740 116c-90-44-150 34-236 30s-120-52-210-22-180 104-324 82" />
      <g class="current">
        <path d="M740 108c-92-42-150 32-236 28s-120-50-208-22-184 104-324 82M740 128c-88-46-152 34-238 30s-122-52-206-24-180 106-324 84" />
      </g>
      <g class="banks">
        <path d="M560 132c24-8 46-26 76-24-16 22-46 34-76 24zM428 126c22 0 40 6 60 18-26 6-50-2-60-18zM470 154c16 2 34 6 50 0-14 12-38 12-50 0zM232 158c26-14 50-30 84-28-20 22-52 36-84 28zM330 118c14-2 28-2 42 4-14 6-32 6-42-4zM96 204c28 0 54-10 84-24-18 26-54 40-84 24zM40 214c14 2 28 2 40-2-10 10-30 12-40 2z" />
      </g>
      <g class="town">
        <path d="M322 190l16-4 3 11-16 4zM344 184l20-4 3 13-20 4zM382 182l18 2-2 12-18-2zM404 186l20 4-3 12-19-4zM318 208l22-5 3 13-22 5zM346 202l18-4 3 12-18 4zM384 200l22 2-1 13-22-2zM410 206l20 4-3 13-19-4zM326 228l16-3 3 12-16 3zM348 220l16-3 2 11-16 4zM382 220l18 1-1 12-18-1zM406 226l16 3-3 12-15-3zM334 246l20-3 2 11-20 3zM384 240l24 2-1 11-24-2zM438 196l14 4-3 10-14-4zM442 216l16 4-3 11-15-4zM296 214l14-4 3 10-14 4zM300 234l14-3 2 10-14 3z" />
        <path class="spire" d="M366 206l6-16 6 16v10h-12z" />
      </g>
      <path class="bridge" d="M372 96l2 56M370 272l3 44M560 118l6 44M188 118l10 62" />
    </svg>
  );
}
