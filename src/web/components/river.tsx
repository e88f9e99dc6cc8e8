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
