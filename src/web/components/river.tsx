// The mark of the portal: a river that bends between two banks, drawn with the page's own colours.

export function River() {
  return (
    <svg class="river" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false">
      <circle cx="24" cy="24" r="23" class="river-land" />
      <path class="river-vine" d="M6 15c8-5 14-4 20-1s12 3 17-1M4 21c9-4 15-3 21 0s13 3 19-1" />
      <path class="river-water" d="M1.5 30c7-6 13-4 19 0s14 5 26-3l-1.600 5.500c-9 5-17 5-24 .6S9 30 3.400 34z" />
      <path class="river-sand" d="M10 39c6-3 11-2 15 0s9 2 13-.5" />
    </svg>
  );
}

/** The same river, wide: the Loire between its sands and its vines, beside the question of the home page. */
export function RiverScape() {
  return (
    <svg
      class="river-scape"
      viewBox="0 0 480 320"
      aria-hidden="true"
      focusable="false"
      preserveAspectRatio="xMidYMid slice"
    >
      <path class="scape-hill" d="M0 92c70-44 132-40 196-14s128 30 182 2 80-30 102-26v266H0z" />
      <g class="scape-vines">
        <path d="M18 118c60-34 118-32 180-8s132 28 188 4 70-26 94-24" />
        <path d="M4 138c66-36 130-34 196-10s134 26 188 4 74-24 92-22" />
        <path d="M0 160c72-36 136-32 204-10s132 24 184 4 74-22 92-20" />
      </g>
      <path
        class="scape-sand"
        d="M0 214c60-32 128-30 196-4s134 30 190 6 74-26 94-24v34c-24-2-50 2-98 24s-128 18-196-6-128-24-186 6z"
      />
      <path
        class="scape-water"
        d="M0 232c62-30 126-28 192-2s136 28 192 4 76-26 96-24v44c-26-2-54 4-102 26s-126 18-192-6-130-26-186 4z"
      />
      <path class="scape-island" d="M214 258c24-8 58-6 84 4-20 8-60 8-84-4z" />
      <g class="scape-light">
        <path d="M20 262c44-18 92-18 140-2" />
        <path d="M330 274c40 2 76-10 112-26" />
      </g>
    </svg>
  );
}
